#include "segment_writer.h"

#include <cstring>
#include <utility>

namespace connhost::bronze {

SegmentWriter::SegmentWriter(std::unique_ptr<BlockSink> sink)
    : one_(kBlock + kRoom), other_(kBlock + kRoom), sink_(std::move(sink)) {}

void SegmentWriter::Start(const std::string& path) {
  if (started_) Abandon();
  sink_->Create(path);
  used_ = 0;
  started_ = true;
}

void SegmentWriter::HandOver() {
  AlignedBuffer* full = current_;
  sink_->Write(full->data());  // the other buffer is free when this returns
  current_ = full == &one_ ? &other_ : &one_;
  used_ -= kBlock;
  std::memcpy(current_->data(), full->data() + kBlock, used_);
}

Stored SegmentWriter::Finish() {
  started_ = false;
  return sink_->Finish(current_->data(), used_);
}

void SegmentWriter::Abandon() {
  started_ = false;
  sink_->Abandon();
}

}  // namespace connhost::bronze

// Runs another sink's Write on a thread of its own, so that records are encoded while the block
// before them is written.
#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "block_sink.h"

namespace connhost::bronze {

// Called from one thread. The other thread starts with the first block; where the process may have
// no more threads, blocks are written by the caller.
class BackgroundSink : public BlockSink {
 public:
  explicit BackgroundSink(std::unique_ptr<BlockSink> sink) : sink_(std::move(sink)) {}
  ~BackgroundSink() override;

  void Create(const std::string& path) override;
  // Returns once the block before is written, whose failure it throws; `block` is borrowed until
  // the next call returns.
  void Write(const char* block) override;
  Stored Finish(char* tail, size_t size) override;
  void Abandon() override;

 private:
  bool StartThread();
  void Run();
  void Wait();

  std::unique_ptr<BlockSink> sink_;
  std::mutex mutex_;
  std::condition_variable changed_;
  const char* block_ = nullptr;  // being written; with mutex_
  bool stop_ = false;            // with mutex_
  std::exception_ptr failure_;   // with mutex_
  std::thread thread_;
  bool no_threads_ = false;
};

}  // namespace connhost::bronze

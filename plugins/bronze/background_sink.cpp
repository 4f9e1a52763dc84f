#include "background_sink.h"

#include <system_error>
#include <utility>

namespace connhost::bronze {

BackgroundSink::~BackgroundSink() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool BackgroundSink::StartThread() {
  if (thread_.joinable()) return true;
  if (no_threads_) return false;
  try {
    thread_ = std::thread([this] { Run(); });
    return true;
  } catch (const std::system_error&) {
    no_threads_ = true;
    return false;
  }
}

void BackgroundSink::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stop_ || block_ != nullptr; });
    if (block_ == nullptr) return;
    lock.unlock();
    std::exception_ptr failure;
    try {
      sink_->Write(block_);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    block_ = nullptr;
    failure_ = failure;
    changed_.notify_all();
  }
}

void BackgroundSink::Wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return block_ == nullptr; });
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void BackgroundSink::Create(const std::string& path) {
  Wait();
  sink_->Create(path);
}

void BackgroundSink::Write(const char* block) {
  Wait();
  if (!StartThread()) return sink_->Write(block);
  {
    const std::lock_guard lock(mutex_);
    block_ = block;
  }
  changed_.notify_all();
}

Stored BackgroundSink::Finish(char* tail, size_t size) {
  Wait();
  return sink_->Finish(tail, size);
}

void BackgroundSink::Abandon() {
  try {
    Wait();
  } catch (...) {
    // What could not be written is not wanted any more.
  }
  sink_->Abandon();
}

}  // namespace connhost::bronze

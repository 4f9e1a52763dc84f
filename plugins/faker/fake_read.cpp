#include "plugins/faker/fake_read.h"

#include "plugins/faker/fault.h"

namespace connhost::faker {

namespace {

constexpr uint64_t kPollRows = 8192;

}  // namespace

FakeRead::FakeRead(const Settings& settings, sdk::Host host, const RowMaker& maker,
                   sdk::Output& output)
    : settings_(settings),
      host_(host),
      maker_(maker),
      output_(output),
      rows_(output, maker.columns()),
      pace_(host, settings.rate) {}

void FakeRead::Run(uint64_t done) {
  begun_ = done_ = noted_ = done;
  rows_.SetOrigin("", done_ + 1);
  if (settings_.fail_always && begun_ >= settings_.fail_at) Commit(settings_, output_);
  while (done_ < settings_.rows) {
    MakeRow();
    const bool fault = done_ == settings_.fail_at && settings_.fault != Fault::kNone;
    const bool due = settings_.checkpoint_every > 0 ? done_ % settings_.checkpoint_every == 0
                                                    : rows_.rows() == 0;
    if (due || fault) Checkpoint();
    if (fault) Commit(settings_, output_);
    KeepPace();
  }
  if (noted_ != done_ || done_ == begun_) Checkpoint();
}

void FakeRead::MakeRow() {
  ++done_;
  if (settings_.reject_every > 0 && done_ % settings_.reject_every == 0) {
    const std::string raw = "{\"id\":" + std::to_string(done_) + "}";
    output_.Reject("", done_, "faker_reject", "the row was rejected on demand ('reject_every')",
                   raw);
    rows_.SetOrigin("", done_ + 1);
    return;
  }
  maker_.Append(done_, rows_);
  rows_.EndRow();
  if (rows_.rows() == settings_.batch_rows) rows_.Flush();
}

void FakeRead::Checkpoint() {
  sdk::Json state = sdk::Json::Object();
  state.Set("next", sdk::Json::Number(static_cast<int64_t>(done_ + 1)));
  rows_.Checkpoint(state);
  noted_ = done_;
  output_.Progress(done_, settings_.rows);
}

void FakeRead::KeepPace() {
  const uint64_t made = done_ - begun_;
  if (settings_.rate > 0 && made % pace_.portion() == 0) {
    rows_.Flush();  // a slow source hands over what it has before it waits
    if (settings_.checkpoint_every == 0 && noted_ != done_) Checkpoint();
    pace_.Await(made);
  }
  if (made % kPollRows == 0) host_.Poll();
}

}  // namespace connhost::faker

#include "stream_place.h"

#include "safe_name.h"

namespace connhost::bronze {

StreamPlace::StreamPlace(FileSystem& files, std::string parent, const sdk::StreamTarget& target,
                         std::string extension)
    : files_(files),
      target_(target),
      parent_(std::move(parent)),
      live_(JoinPath(parent_, SafeName(target.stream))),
      next_(JoinPath(parent_, "." + SafeName(target.stream) + ".next")),
      old_(JoinPath(parent_, "." + SafeName(target.stream) + ".old")),
      extension_(std::move(extension)) {}

sdk::Committed StreamPlace::Recover() {
  const Next next = SettleNext();
  SettleOld();
  auto live = std::make_unique<StreamFolder>(files_, live_, target_, extension_);
  live->Recover();
  std::optional<Marker> answer = live->committed();
  const bool anew = target_.restart || !answer;
  if (target_.mode == sdk::Mode::kOverwrite && (next == Next::kUnfinished || anew)) {
    folder_ = std::make_unique<StreamFolder>(files_, next_, target_, extension_);
    folder_->set_generation(answer ? answer->generation + 1 : 1);
    folder_->Recover();
    if (folder_->committed()) answer = folder_->committed();
  } else {
    folder_ = std::move(live);
  }
  files_.MakeFolders(folder_->path());
  if (!answer) return {};
  return {true, answer->sequence, answer->state};
}

StreamPlace::Next StreamPlace::SettleNext() {
  if (!files_.Exists(next_)) return Next::kNone;
  const std::optional<Marker> next = ReadMarker(files_, next_);
  const std::optional<Marker> live = ReadMarker(files_, live_);
  const bool newer = next && (!live || next->generation > live->generation);
  if (newer && next->last) {
    StreamFolder(files_, next_, target_, extension_).Recover();
    TakeEffect();
    return Next::kNone;
  }
  if (newer && target_.mode == sdk::Mode::kOverwrite && !target_.restart) return Next::kUnfinished;
  RemoveNext();
  return Next::kNone;
}

// The marker goes first: with it, half a folder would look like an overwrite to go on with.
void StreamPlace::RemoveNext() {
  RemoveMarker(files_, next_);
  files_.RemoveFolder(next_);
}

void StreamPlace::SettleOld() {
  if (!files_.Exists(old_)) return;
  if (files_.Exists(live_)) {
    files_.RemoveFolder(old_);
  } else {
    files_.Rename(old_, live_);
  }
  files_.SyncFolder(parent_);
}

void StreamPlace::TakeEffect() {
  if (!files_.Exists(live_)) {
    files_.Rename(next_, live_);
  } else if (!files_.Exchange(next_, live_)) {
    files_.RemoveFolder(old_);
    files_.Rename(live_, old_);
    files_.Rename(next_, live_);
  }
  files_.SyncFolder(parent_);
  if (files_.Exists(next_)) RemoveNext();
  files_.RemoveFolder(old_);
}

void StreamPlace::Commit(const sdk::CommitRequest& request, std::optional<Segment> written) {
  folder_->Commit(request, std::move(written));
  if (!request.last || folder_->path() != next_) return;
  TakeEffect();
  folder_->MovedTo(live_);
}

}  // namespace connhost::bronze

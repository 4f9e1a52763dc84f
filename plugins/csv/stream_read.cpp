#include "plugins/csv/stream_read.h"

#include <algorithm>
#include <connhost/failure.hpp>
#include <filesystem>

namespace connhost::csv {
namespace {

// A file that was read up to a mark is still that file, perhaps longer.
bool IsSameFile(const DiskFile& file, const FileMark& mark) {
  return file.facts().size >= mark.facts.size &&
         file.Fingerprint(mark.facts.size) == mark.fingerprint;
}

std::unique_ptr<CursorFilter> MakeFilter(const sdk::ReadRequest& request, const ReadState& state,
                                         const std::vector<sdk::Column>& columns) {
  if (!request.incremental || request.cursor.empty()) return nullptr;
  std::vector<std::string> names;
  for (const sdk::Column& column : columns) {
    if (column.name == request.cursor) {
      return std::make_unique<CursorFilter>(column.name, column.type, state.cursor(),
                                            request.since);
    }
    names.push_back(column.name);
  }
  throw sdk::ConfigFailure("the cursor column '" + request.cursor + "' is not in the stream '" +
                           request.stream + "', which has " + QuotedList(names));
}

}  // namespace

StreamRead::StreamRead(const Config& config, const Sizes& sizes, sdk::Host host,
                       const std::vector<FoundFile>& files, const std::vector<Layout>& layouts,
                       const sdk::ReadRequest& request, sdk::Output& output)
    : config_(config),
      sizes_(sizes),
      host_(host),
      files_(files),
      layouts_(layouts),
      incremental_(request.incremental),
      output_(output),
      state_(ReadState::Parse(request.state)),
      columns_(StreamColumns(layouts, config)),
      filter_(MakeFilter(request, state_, columns_)),
      writer_(output, columns_) {}

bool StreamRead::HasFile(const std::string& name) const {
  return std::any_of(files_.begin(), files_.end(),
                     [&](const FoundFile& file) { return file.name == name; });
}

// Files that are gone leave the state, so that archiving them keeps it small.
void StreamRead::ForgetVanished() {
  std::vector<std::string> gone;
  for (const auto& [name, mark] : state_.files()) {
    const auto at = std::lower_bound(
        files_.begin(), files_.end(), name,
        [](const FoundFile& file, const std::string& key) { return file.name < key; });
    if (at == files_.end() || at->name != name) gone.push_back(name);
  }
  for (const std::string& name : gone) state_.Forget(name);
  if (!state_.current() || HasFile(state_.current()->name)) return;
  if (!incremental_) {
    throw sdk::StaleCursorFailure("'" + state_.current()->name +
                                  "' was being read in full, but is gone; the full read must start "
                                  "again");
  }
  host_.Warn("'" + state_.current()->name + "' was not read to its end and is gone");
  state_.ForgetCurrent();
}

void StreamRead::Run() {
  ForgetVanished();
  for (const FoundFile& file : files_) {
    std::error_code fault;
    const auto size = std::filesystem::file_size(file.path, fault);
    if (!fault) bytes_total_ += size;
  }
  const std::string unfinished = state_.current() ? state_.current()->name : "";
  for (size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].name == unfinished) ReadFile(i);
  }
  for (size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].name != unfinished) ReadFile(i);
  }
  writer_.Flush();
  if (filter_ != nullptr) filter_->EndPass();
  Save();
}

// Goes on in the file that was not finished. False: it has to be read anew.
bool StreamRead::ResumeCurrent(const DiskFile& file, FileMark& mark) {
  if (IsSameFile(file, *state_.current())) {
    mark.offset = state_.current()->offset;
    mark.records = state_.current()->records;
    mark.line = state_.current()->line;
    return true;
  }
  const std::string fault = "'" + file.name() + "' was replaced while it was being read";
  if (!incremental_) throw sdk::StaleCursorFailure(fault + "; the full read must start again");
  host_.Warn(fault + "; it is read anew from its start");
  return false;
}

// Where to begin. False: there is nothing to read in this file.
bool StreamRead::FindStart(const DiskFile& file, FileMark& mark) {
  if (state_.current() && state_.current()->name == file.name()) {
    ResumeCurrent(file, mark);
    return true;
  }
  const FileMark* known = state_.Finished(file.name());
  if (known == nullptr) return true;
  const bool same_facts = known->facts.size == file.facts().size &&
                          known->facts.modified_ns == file.facts().modified_ns;
  if (!incremental_ || same_facts) return false;
  const bool same = IsSameFile(file, *known);
  if (same && known->facts.size == file.facts().size) return false;
  if (same && filter_ == nullptr) {
    mark.offset = known->offset;
    mark.records = known->records;
    mark.line = known->line;
  }
  return true;
}

LoadPlan StreamRead::PlanFor(const std::string& name, const Layout& layout) const {
  LoadPlan plan;
  plan.file = name;
  plan.fields = layout.columns.size();
  const bool usual = config_.nulls.size() == 1 && config_.nulls[0].empty();
  plan.rules = {layout.dialect, config_.nulls, usual};
  plan.fail_on_bad_row = config_.fail_on_bad_row;
  for (const sdk::Column& column : columns_) {
    const auto at = std::find(layout.columns.begin(), layout.columns.end(), column.name);
    plan.field_of_column.push_back(
        at == layout.columns.end() ? -1 : static_cast<int>(at - layout.columns.begin()));
  }
  return plan;
}

TableLoader StreamRead::OpenLoader(DiskFile& file, const Layout& layout, const FileMark& start) {
  const bool within = start.offset > layout.data_offset;
  FileMark at = start;
  bool continued = false;
  std::unique_ptr<ByteStream> text;
  if (within) {
    text = OpenText(file, layout.coding, at.offset - 1);
    char before = '\n';
    text->Read(&before, 1);
    continued = before != '\n';
  } else {
    at.offset = layout.data_offset;
    at.line = layout.data_line;
    text = OpenText(file, layout.coding, at.offset);
  }
  Window window(std::move(text), at.offset, sizes_.read_bytes);
  if (continued) {  // it ended without a line end: perhaps that is here now
    window.Fill();
    const std::string_view next(window.data(), window.size());
    const size_t line_end = next.starts_with("\r\n") ? 2 : next.starts_with("\n") ? 1 : 0;
    window.Consume(line_end);
    at.line += line_end > 0 ? 1 : 0;
    continued = line_end == 0;
  }
  LoadPlan plan = PlanFor(file.name(), layout);
  if (filter_ != nullptr) {
    const std::string column = filter_->column();
    size_t number = 0;
    while (columns_[number].name != column) ++number;
    const int field = plan.field_of_column[number];
    filter_->Use(field, field + 1 == static_cast<int>(plan.fields), plan.rules);
  }
  RowReader rows(std::move(window), at.line, layout.columns.size(), layout.dialect, sizes_);
  TableLoader loader(std::move(plan), std::move(rows), at.records, filter_.get(), output_, writer_);
  if (continued) loader.ExpectContinuation();
  return loader;
}

void StreamRead::ReadFile(size_t number) {
  const FoundFile& found = files_[number];
  const Layout& layout = layouts_[number];
  DiskFile file(found.path, found.name);
  FileMark mark{found.name, file.facts(), 0, 0, 0, 1};
  const bool wanted = FindStart(file, mark);
  if (wanted && layout.columns.empty()) {
    host_.Warn("'" + found.name + "' is empty: it has no header yet, so it is skipped");
  } else if (wanted) {
    mark.fingerprint = file.Fingerprint(mark.facts.size);
    TableLoader loader = OpenLoader(file, layout, mark);
    uint64_t saved = loader.offset();
    bool more = true;
    while (more) {
      more = loader.Step();
      mark.offset = loader.offset();
      mark.records = loader.records();
      if (more && mark.offset - saved + unsaved_ < sizes_.checkpoint_bytes) continue;
      mark.line = loader.line();
      more ? state_.SetCurrent(mark) : state_.Finish(mark);
      unsaved_ += mark.offset - saved;
      saved = mark.offset;
      if (unsaved_ < sizes_.checkpoint_bytes) continue;
      output_.Progress(bytes_before_ + file.taken(), bytes_total_);
      Save();
    }
  }
  bytes_before_ += file.facts().size;
}

void StreamRead::Save() {
  writer_.Flush();
  host_.Poll();
  if (filter_ != nullptr) state_.SetCursor(filter_->State());
  output_.Checkpoint(state_.Write());
  unsaved_ = 0;
}

}  // namespace connhost::csv

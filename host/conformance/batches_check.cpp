// A read from start to end: batches in the profile, columns as declared, checkpoints.
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "host/conformance/source_guest.h"

namespace connhost {
namespace {

constexpr uint64_t kLargeBatch = uint64_t{2} << 20;  // the contract asks for about 1 MiB

// The fields of each stream that discover declares.
std::map<std::string, Schema> DeclaredBy(CheckContext& context, SourceGuest& guest) {
  std::map<std::string, Schema> declared;
  for (const std::string& document : guest.Discover()) {
    const CatalogStream stream = ReadCatalogStream(context.manifest().id, document);
    const Json schema = ParseJson(stream.schema, "the schema");
    declared[stream.name] = SchemaFromJson(*FindMember(schema, "fields"));
  }
  return declared;
}

void CompareColumns(const std::string& where, const Schema& declared, const Schema& found) {
  if (declared.columns.empty()) return;  // known only when the stream is read
  for (const Column& column : found.columns) {
    const int at = declared.Find(column.name);
    if (at < 0) throw Broken{where + ": it has a column '" + column.name + "' that discover lacks"};
    const Column& expected = declared.columns[static_cast<size_t>(at)];
    if (expected.TypeName() != column.TypeName()) {
      throw Broken{where + ": column '" + column.name + "' is " + column.TypeName() +
                   ", discover said " + expected.TypeName()};
    }
    if (column.nullable && !expected.nullable) {
      throw Broken{where + ": column '" + column.name + "' may be null, discover said never"};
    }
  }
  for (const Column& column : declared.columns) {
    if (found.Find(column.name) < 0) {
      throw Broken{where + ": it lacks the column '" + column.name + "' that discover declares"};
    }
  }
}

void CheckRead(const std::string& where, const ReadRecord& read) {
  if (read.records > read.rejected && !read.has_schema) {
    throw Broken{where + ": it has records and no schema"};
  }
  if (read.checkpoints.empty()) {
    throw Broken{where + ": it ended without a checkpoint; at the end a read says where to go on"};
  }
  if (read.checkpoints.back().records != read.records) {
    throw Broken{where + ": " + std::to_string(read.records - read.checkpoints.back().records) +
                 " records came after the last checkpoint"};
  }
}

CheckResult Run(CheckContext& context) {
  const Json config = context.Config();
  uint64_t records = 0, batches = 0, checkpoints = 0, rejected = 0, bad = 0, largest = 0;
  for (const StreamTask& task : TasksOf(context, config)) {
    SourceGuest guest(context, config);
    const auto declared = DeclaredBy(context, guest);
    const ReadRecord read = guest.Read(task, "", true);
    CheckRead(TaskName(task), read);
    if (read.has_schema) CompareColumns(TaskName(task), declared.at(task.name), read.schema);
    records += read.records;
    batches += read.batches;
    rejected += read.rejected;
    bad += read.bad_documents;
    checkpoints += read.checkpoints.size();
    largest = std::max(largest, read.largest_batch);
  }
  const std::string sentence = WithThousands(records) + " records in " + WithThousands(batches) +
                               " batches, " + WithThousands(checkpoints) + " checkpoints, " +
                               WithThousands(rejected) + " rejected";
  if (bad > 0) {
    return {Outcome::kWarn, sentence + "; " + WithThousands(bad) +
                                " json or number values are none: they become dead letters"};
  }
  if (largest > kLargeBatch) {
    return {Outcome::kWarn, sentence + "; a batch of several records has " + HumanBytes(largest) +
                                ": end batches at 1 MiB"};
  }
  if (records == 0) return {Outcome::kWarn, sentence + ": give --config a sample with records"};
  return {Outcome::kPass, sentence};
}

}  // namespace

Check BatchesCheck() {
  return {"batches",
          "A whole read keeps to the profile of batches and to the columns that discover declared, "
          "and ends with a checkpoint behind its last record",
          true,
          false,
          2,
          Run};
}

}  // namespace connhost

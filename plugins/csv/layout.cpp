#include "plugins/csv/layout.h"

#include <algorithm>
#include <connhost/failure.hpp>
#include <unordered_map>

#include "plugins/csv/convert.h"
#include "plugins/csv/lines.h"
#include "plugins/csv/row_machine.h"
#include "plugins/csv/row_reader.h"

namespace connhost::csv {
namespace {

[[noreturn]] void ThrowHeader(const std::string& file, const std::string& fault) {
  throw sdk::ConfigFailure("the header of '" + file + "' " + fault);
}

std::string ReadHead(DiskFile& file, const Coding& coding) {
  std::string head(kHeaderBytes, '\0');
  const std::unique_ptr<ByteStream> text = OpenText(file, coding, 0);
  size_t size = 0;
  while (size < head.size()) {
    const size_t got = text->Read(head.data() + size, head.size() - size);
    if (got == 0) break;
    size += got;
  }
  head.resize(size);
  return head;
}

bool IsTabFile(const std::string& name) {
  const size_t at = name.rfind(".tsv");
  return at != std::string::npos && (at + 4 == name.size() || name[at + 4] == '.');
}

// Past the byte order mark, blank lines and comment lines.
size_t SkipToRow(const std::string& head, const Dialect& dialect) {
  size_t at = head.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;
  while (at < head.size()) {
    const size_t end = std::min(head.find('\n', at), head.size() - 1);
    const bool blank = head[at] == '\n' || (head[at] == '\r' && end == at + 1 && head[end] == '\n');
    if (!blank && !(dialect.comments && head[at] == dialect.comment)) break;
    at = end + 1;
  }
  return at;
}

// The texts of the row's fields.
std::vector<std::string> Fields(const std::string& head, const ParsedRow& row,
                                const FieldRules& rules) {
  constexpr uint32_t kStart = 0;
  const RowBlock block{head.data(), row.separators.data(), &kStart, 1};
  const size_t count = row.separators.size() - 1;
  std::vector<std::string> fields;
  std::string scratch;
  for (size_t i = 0; i < count; ++i) {
    std::string_view text;
    bool null;
    ReadField(RawField(block, 0, i, i + 1 == count, rules), rules, scratch, text, null);
    fields.emplace_back(text);
  }
  return fields;
}

void CheckNames(const std::vector<std::string>& names, const std::string& file) {
  std::unordered_map<std::string, size_t> seen;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    if (names[i].empty()) {
      ThrowHeader(file, "has no name for column " + number +
                            "; name it in the file, or set 'header' to false and give 'columns'");
    }
    if (!IsUtf8(names[i])) {
      ThrowHeader(file, "is not valid UTF-8 in column " + number + "; set 'encoding'");
    }
    if (names[i].find('\r') != std::string::npos) {
      ThrowHeader(file, "has a carriage return within column " + number +
                            ": lines must end with LF or CR LF, not with CR alone");
    }
    const auto [at, fresh] = seen.emplace(names[i], i + 1);
    if (!fresh) {
      ThrowHeader(file, "has the name '" + names[i] + "' in the columns " +
                            std::to_string(at->second) + " and " + number +
                            "; rename one, or set 'header' to false and give 'columns'");
    }
  }
}

std::vector<std::string> NumberedColumns(const Config& config, size_t count) {
  if (!config.columns.empty()) return config.columns;
  std::vector<std::string> names;
  for (size_t i = 1; i <= count; ++i) names.push_back("c" + std::to_string(i));
  return names;
}

}  // namespace

Layout ReadLayout(DiskFile& file, const Config& config) {
  Layout layout;
  layout.coding = DetectCoding(file, config.compression, config.encoding);
  layout.dialect = config.dialect;
  if (!config.delimiter_given && IsTabFile(file.name())) layout.dialect.delimiter = '\t';
  const std::string head = ReadHead(file, layout.coding);
  const size_t start = SkipToRow(head, layout.dialect);
  layout.data_offset = start;
  if (start < head.size()) {
    ParsedRow row;
    const bool whole = head.size() < kHeaderBytes;
    ParseRow(head.data(), start, head.size(), whole, layout.dialect, row);
    if (!row.complete) {
      ThrowHeader(file.name(), "does not end within " + std::to_string(kHeaderBytes) +
                                   " bytes; check 'quote', 'delimiter' and the line ends");
    }
    if (config.header && row.fault != RowFault::kNone) {
      ThrowHeader(file.name(), "has a misplaced quote in column " +
                                   std::to_string(row.fault_field + 1) + "; check 'quote'");
    }
    const FieldRules rules{layout.dialect, {""}, true};
    layout.columns = config.header ? Fields(head, row, rules)
                                   : NumberedColumns(config, row.separators.size() - 1);
    if (config.header) layout.data_offset = row.end;
    CheckNames(layout.columns, file.name());
  }
  if (start == head.size() && !config.header) layout.columns = config.columns;
  layout.data_line = 1 + CountLineFeeds({head.data(), layout.data_offset});
  return layout;
}

std::vector<sdk::Column> StreamColumns(const std::vector<Layout>& layouts, const Config& config) {
  std::vector<sdk::Column> columns;
  std::unordered_map<std::string, size_t> known;
  for (const Layout& layout : layouts) {
    for (const std::string& name : layout.columns) {
      if (known.emplace(name, columns.size()).second) columns.push_back({name});
    }
  }
  for (const auto& [name, type] : config.types) {
    const auto at = known.find(name);
    if (at != known.end()) columns[at->second].type = type;
  }
  return columns;
}

}  // namespace connhost::csv

#include "host/pipeline/dead_letters.h"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>

#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"

namespace connhost {
namespace {

constexpr char kOpenName[] = ".open";
constexpr size_t kMostRaw = 64U << 10;

std::string FileName(uint64_t sequence) {
  char name[40];
  std::snprintf(name, sizeof name, "%012llu.ndjson", static_cast<unsigned long long>(sequence));
  return name;
}

// The sequence a file is named after, or 0.
uint64_t SequenceOf(const std::string& name) {
  uint64_t sequence = 0;
  const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), sequence);
  return fault == std::errc() && std::string_view(end) == ".ndjson" ? sequence : 0;
}

std::string Base64(std::string_view bytes) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](size_t at) -> uint32_t {
      return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
    };
    const uint32_t group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    text += kDigits[group >> 18];
    text += kDigits[group >> 12 & 63];
    text += i + 1 < bytes.size() ? kDigits[group >> 6 & 63] : '=';
    text += i + 2 < bytes.size() ? kDigits[group & 63] : '=';
  }
  return text;
}

std::string Line(const DeadLetter& letter, const std::string& run_id) {
  const std::string_view raw = letter.raw.substr(0, kMostRaw);
  std::string line =
      "{\"run_id\":" + QuoteJson(run_id) + ",\"time\":\"" + FormatTime(NowMicros()) +
      "\",\"by\":" + QuoteJson(letter.by) + ",\"origin\":" + QuoteJson(letter.origin) +
      ",\"position\":" + std::to_string(letter.position) + ",\"code\":" + QuoteJson(letter.code) +
      ",\"reason\":" + QuoteJson(letter.reason);
  line +=
      IsValidUtf8(raw) ? ",\"raw\":" + QuoteJson(raw) : ",\"raw_base64\":\"" + Base64(raw) + "\"";
  line += ",\"raw_bytes\":" + std::to_string(letter.raw.size()) + "}\n";
  return line;
}

}  // namespace

std::filesystem::path DeadLetterFolder(const std::filesystem::path& folder,
                                       const std::string& stream) {
  std::string name;
  for (const char c : stream) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || (c == '.' && !name.empty());
    char escaped[4] = {c, 0, 0, 0};
    if (!plain) std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
    name += escaped;
  }
  constexpr size_t kLongest = 200;
  if (name.size() > kLongest) name = name.substr(0, 150) + "-" + Sha256Hex(stream).substr(0, 32);
  return folder / name;
}

DeadLetterWriter::DeadLetterWriter(const std::filesystem::path& folder, const std::string& stream,
                                   const std::string& run_id)
    : folder_(DeadLetterFolder(folder, stream)), run_id_(run_id) {}

void DeadLetterWriter::Recover(uint64_t sequence) {
  file_.Reset();
  pending_ = 0;
  if (!std::filesystem::exists(folder_)) return;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename();
    if (name == kOpenName || SequenceOf(name) > sequence) std::filesystem::remove(entry.path());
  }
}

void DeadLetterWriter::Add(const DeadLetter& letter) {
  if (!file_.valid()) {
    MakeDirectories(folder_);
    file_ = OpenFile(folder_ / kOpenName, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  }
  WriteAll(file_.get(), Line(letter, run_id_), (folder_ / kOpenName).string());
  ++pending_;
}

void DeadLetterWriter::Commit(uint64_t sequence) {
  if (pending_ == 0) return;
  const auto path = folder_ / FileName(sequence);
  if (::fdatasync(file_.get()) != 0 || ::rename((folder_ / kOpenName).c_str(), path.c_str()) != 0) {
    throw ErrnoError(ErrorKind::kTransient, "write " + path.string());
  }
  FsyncDirectory(folder_);
  file_.Reset();
  pending_ = 0;
}

}  // namespace connhost

#include "host/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/error.h"
#include "base/files.h"

namespace connhost {
namespace {

const char* Code(Colour colour) {
  switch (colour) {
    case Colour::kNone:
      return "";
    case Colour::kGreen:
      return "\033[32m";
    case Colour::kYellow:
      return "\033[33m";
    case Colour::kRed:
      return "\033[31m";
    case Colour::kDim:
      return "\033[2m";
    case Colour::kBold:
      return "\033[1m";
  }
  return "";
}

size_t SequenceLength(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

uint32_t CodePoint(const std::string& text, size_t at, size_t length) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  if (length == 1) return byte(at);
  uint32_t code = byte(at) & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length && at + i < text.size(); ++i)
    code = code << 6 | (byte(at + i) & 63);
  return code;
}

size_t Columns(uint32_t code) {
  if (code >= 0x300 && code <= 0x36F) return 0;  // combining marks
  const bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                    (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                    (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
                    (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD);
  return wide ? 2 : 1;
}

std::string Pad(const std::string& text, size_t width, bool right) {
  const size_t used = DisplayWidth(text);
  const std::string space(width > used ? width - used : 0, ' ');
  return right ? space + text : text + space;
}

}  // namespace

bool Tell(const std::string& text) {
  try {
    WriteAll(STDERR_FILENO, text, "stderr");
    return true;
  } catch (const Error&) {
    return false;
  }
}

bool WantsColour(int fd) {
  const char* refused = std::getenv("NO_COLOR");
  return (refused == nullptr || *refused == 0) && ::isatty(fd) == 1;
}

size_t TerminalWidth(int fd) {
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::string Paint(const std::string& text, Colour colour, bool wanted) {
  return wanted && colour != Colour::kNone ? Code(colour) + text + "\033[0m" : text;
}

size_t DisplayWidth(const std::string& text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t length = SequenceLength(static_cast<unsigned char>(text[at]));
    width += Columns(CodePoint(text, at, length));
    at += length;
  }
  return width;
}

std::string Fit(const std::string& text, size_t width) {
  if (DisplayWidth(text) <= width) return text;
  std::string cut;
  size_t used = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t length = SequenceLength(static_cast<unsigned char>(text[at]));
    used += Columns(CodePoint(text, at, length));
    if (used + 1 > width) break;
    cut += text.substr(at, length);
    at += length;
  }
  return cut + "…";
}

TextTable::TextTable(std::vector<std::string> headers) : headers_(std::move(headers)) {
  for (std::string& header : headers_) {
    right_.push_back(header.front() == '>');
    if (right_.back()) header.erase(0, 1);
  }
}

void TextTable::Add(std::vector<std::string> cells, Colour colour) {
  cells.resize(headers_.size());
  rows_.push_back({std::move(cells), colour});
}

std::string TextTable::Line(const std::vector<std::string>& cells,
                            const std::vector<size_t>& widths, size_t width) const {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const bool last = i + 1 == cells.size();
    if (i > 0) line += "  ";
    line += last && !right_[i] ? cells[i] : Pad(cells[i], widths[i], right_[i]);
  }
  return width > 0 ? Fit(line, width) : line;
}

std::string TextTable::Render(bool colour, size_t width) const {
  std::vector<size_t> widths;
  for (size_t i = 0; i < headers_.size(); ++i) {
    widths.push_back(DisplayWidth(headers_[i]));
    for (const Row& row : rows_) widths[i] = std::max(widths[i], DisplayWidth(row.cells[i]));
  }
  std::string text = Paint(Line(headers_, widths, width), Colour::kBold, colour) + "\n";
  for (const Row& row : rows_) {
    text += Paint(Line(row.cells, widths, width), row.colour, colour) + "\n";
  }
  return text;
}

}  // namespace connhost

// What a person sees: tables, colours, the width of the screen.
#pragma once

#include <string>
#include <vector>

namespace connhost {

enum class Colour { kNone, kGreen, kYellow, kRed, kDim, kBold };

// True when colours are wanted on this descriptor: a terminal, and NO_COLOR is not set.
bool WantsColour(int fd);
// Columns of the terminal behind the descriptor, 0 when it is none.
size_t TerminalWidth(int fd);

// Writes text for people to stderr. That nobody can read it (a closed pipe, a file on a full disk)
// changes no outcome: false.
bool Tell(const std::string& text);

std::string Paint(const std::string& text, Colour colour, bool wanted);

// The number of columns a text takes: code points, wide East Asian ones and emoji as two.
size_t DisplayWidth(const std::string& text);

// Text cut to `width` columns, with an ellipsis where something is missing.
std::string Fit(const std::string& text, size_t width);

// Aligned columns. Numbers to the right: a header that starts with '>' makes its column so.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> headers);
  void Add(std::vector<std::string> cells, Colour colour = Colour::kNone);
  // With a newline behind each line. The last column is cut to `width` when that is not 0.
  std::string Render(bool colour, size_t width) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    Colour colour;
  };
  std::string Line(const std::vector<std::string>& cells, const std::vector<size_t>& widths,
                   size_t width) const;

  std::vector<std::string> headers_;
  std::vector<bool> right_;
  std::vector<Row> rows_;
};

}  // namespace connhost

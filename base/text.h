// Small helpers for text that people read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connhost {

struct TextPosition {
  size_t line = 1;    // from 1
  size_t column = 1;  // from 1, in bytes
};

// The line and column of a byte offset; an offset past the end is the end.
TextPosition PositionOf(std::string_view text, size_t offset);

// " (did you mean 'delimiter'?)" for the nearest candidate within a third of the word's length
// (Damerau-Levenshtein, at least 1), else "".
std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);

// "a, b and c".
std::string JoinWords(const std::vector<std::string>& words, std::string_view last = "and");

std::vector<std::string> Split(std::string_view text, char separator);

bool IsValidUtf8(std::string_view text);

// Every byte that is not part of valid UTF-8 becomes U+FFFD.
std::string ReplaceInvalidUtf8(std::string_view text);

// "1,234,567".
std::string WithThousands(uint64_t number);

// "1 version", "1,200 versions", "no versions".
std::string Counted(uint64_t number, std::string_view noun);

// "1.3 GiB", "512 B".
std::string HumanBytes(uint64_t bytes);

// Lowercase letters, digits, '-' and '_', starting with a letter or digit, at most `longest` bytes:
// the rule for tenants, connections and connector ids (they become names of files and folders).
bool IsPlainName(std::string_view name, size_t longest = 64);

}  // namespace connhost

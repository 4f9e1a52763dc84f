// The two splitters against input cut at every boundary, and against documents made at random.
#include <gtest/gtest.h>

#include <connhost/json.hpp>
#include <random>

#include "plugins/ndjson/element_splitter.h"
#include "plugins/ndjson/line_splitter.h"
#include "tests/plugins/ndjson/recording_sink.h"

namespace connhost::ndjson {
namespace {

constexpr size_t kPieces[] = {1, 2, 3, 7, 64, 100000};
using Texts = std::vector<std::string>;

TEST(LineSplitter, GivesTheSameLinesWhateverTheChunks) {
  const std::string text =
      "\xEF\xBB\xBF{\"a\":1}\r\n\n  \t\n[1,2]\n\"x\\n\"\r\n{\"ü\":\"\xE2\x98\x83\"}";
  for (const size_t size : kPieces) {
    RecordingSink sink;
    LineSplitter splitter(1000, 0, false);
    FeedPieces(splitter, text, size, sink);
    EXPECT_TRUE(splitter.Finish(true, sink));
    EXPECT_EQ(sink.records, (Texts{"{\"a\":1}", "[1,2]", "\"x\\n\"", "{\"ü\":\"\xE2\x98\x83\"}"}))
        << size;
    EXPECT_EQ(sink.blanks, 2U);
    EXPECT_EQ(sink.ends, (std::vector<uint64_t>{12, 13, 17, 23, 30, 42}));
  }
}

TEST(LineSplitter, KeepsOnlyTheHeadOfALineThatIsTooLong) {
  const std::string longest(50, 'x');
  const std::string text =
      longest + "\r\n" + longest + "y\n{}\n" + std::string(3000, 'z') + "\n{}\n";
  for (const size_t size : kPieces) {
    RecordingSink sink;
    LineSplitter splitter(50, 0, false);
    FeedPieces(splitter, text, size, sink);
    EXPECT_EQ(sink.records, (Texts{longest, "{}", "{}"})) << size;
    ASSERT_EQ(sink.heads.size(), 2U) << size;
    EXPECT_EQ(sink.heads[0], longest);
    EXPECT_EQ(sink.heads[1], std::string(50, 'z'));
  }
}

TEST(LineSplitter, TakesAnUnfinishedLastLineOnlyWhenItIsComplete) {
  const auto takes = [](const std::string& text, bool any) {
    RecordingSink sink;
    LineSplitter splitter(1000, 0, false);
    splitter.Feed(text, sink);
    return splitter.Finish(any, sink);
  };
  EXPECT_TRUE(takes("{\"a\":1}", false));
  EXPECT_TRUE(takes("[1]", false));
  EXPECT_FALSE(takes("{\"a\":1", false));
  EXPECT_FALSE(takes("12", false)) << "may become 123";
  EXPECT_FALSE(takes("{\"a\":\"}", false));
  EXPECT_FALSE(takes("{}\n", true)) << "nothing is left";
  EXPECT_TRUE(takes("{\"a\":1", true));
}

Texts Elements(const std::string& text, size_t size, Texts pointer = {}, size_t most = 100000) {
  RecordingSink sink;
  ElementSplitter splitter("x.json", std::move(pointer), most);
  FeedPieces(splitter, text, size, sink);
  splitter.Finish();
  return sink.records;
}

std::string Complaint(const std::string& text, const Texts& pointer = {}) {
  std::string first;
  for (const size_t size : kPieces) {
    try {
      Elements(text, size, pointer);
      return "no complaint";
    } catch (const sdk::Failure& failure) {
      if (first.empty()) first = failure.what();
      EXPECT_EQ(first, failure.what()) << size;
    }
  }
  return first;
}

TEST(ElementSplitter, GivesTheSameElementsWhateverTheChunks) {
  const std::string text =
      "\xEF\xBB\xBF \n[ {\"a\" : \"]},\\\"\\\\\"\n,\t\"b\":[[],{}]} , 1,-2.5e+3 "
      ",\"s,\\\\\",null\n,true]\r\n";
  const Texts expected = {
      "{\"a\" : \"]},\\\"\\\\\" , \"b\":[[],{}]}", "1", "-2.5e+3", "\"s,\\\\\"", "null", "true"};
  for (const size_t size : kPieces) EXPECT_EQ(Elements(text, size), expected) << size;
  for (const size_t size : kPieces) EXPECT_EQ(Elements(" [ ] ", size), Texts()) << size;
}

TEST(ElementSplitter, ABrokenByteOrderMarkIsNoneInTheMiddle) {
  EXPECT_EQ(Elements("[\"\xBF\"]", 1), (Texts{"\"\xBF\""}));
  EXPECT_EQ(Complaint("\xEF\xBB[1]"),
            "'x.json' must have the rest of a byte order mark at byte 2, but has '['");
}

TEST(ElementSplitter, FollowsAPointer) {
  const std::string text =
      R"({"items2":[0],"meta":{"items":[9],"x":"\""},"a/b":[[0,[1]],{"it\u0065ms":[{"n":1},{"n":2}],"z":[3]}],"end":{}})";
  for (const size_t size : kPieces) {
    EXPECT_EQ(Elements(text, size, {"a/b", "1", "items"}), (Texts{R"({"n":1})", R"({"n":2})"}));
    EXPECT_EQ(Elements(text, size, {"meta", "items"}), (Texts{"9"}));
    EXPECT_EQ(Elements(text, size, {"a/b", "0", "1"}), (Texts{"1"}));
  }
}

TEST(ElementSplitter, SaysWhereTheDocumentIsDamaged) {
  EXPECT_EQ(Complaint("[1 2]"),
            "'x.json' must have ',' or ']' at byte 3 behind element 1, but has '2'");
  EXPECT_EQ(Complaint("[1,]"),
            "'x.json' must have a value at byte 3 behind element 1, but has ']'");
  EXPECT_EQ(Complaint("[,1]"), "'x.json' must have a value at byte 1, but has ','");
  EXPECT_EQ(
      Complaint("[1]\n[2]"),
      "'x.json' must have the end of the file (for one JSON value a line set 'format: lines') "
      "at byte 4 behind element 1, but has '['");
  EXPECT_EQ(
      Complaint("[{\"a\":1}"),
      "'x.json' ends at byte 8 behind element 1, before its document is complete: it is still "
      "being written, was cut, or is no JSON");
  EXPECT_EQ(Complaint("{\"a\":1}"), "'x.json' must have a list, '[' at byte 0, but has '{'");
  EXPECT_EQ(Complaint("{\"a\":{\"b\":1}}", {"a"}),
            "'x.json' must have a list, '[' at byte 5 at '/a', but has '{'");
  EXPECT_EQ(
      Complaint("{\"a\":1}", {"b"}),
      "'x.json' must hold a list where 'pointer' leads, but the object ends at byte 6 without "
      "'b'; correct 'pointer'");
  EXPECT_EQ(Complaint("{\"a\" 1}", {"b"}), "'x.json' must have ':' at byte 5, but has '1'");
  EXPECT_EQ(Complaint("{\"a\":[1],\"b\":{", {"a"}).substr(0, 24), "'x.json' ends at byte 14");
  EXPECT_NE(Complaint(""), "no complaint");
}

TEST(ElementSplitter, SkipsAnElementThatIsTooLargeAndKeepsItsHead) {
  const std::string large = "[\"" + std::string(5000, 'x') + "\"]";
  for (const size_t size : kPieces) {
    RecordingSink sink;
    ElementSplitter splitter("x", {}, 60);
    FeedPieces(splitter, "[1," + large + ",{\"a\":2}]", size, sink);
    splitter.Finish();
    EXPECT_EQ(sink.records, (Texts{"1", "{\"a\":2}"}));
    EXPECT_EQ(sink.heads, (Texts{large.substr(0, 60)}));
  }
}

// Documents made at random, with white space anywhere it may stand.
class RandomJson {
 public:
  explicit RandomJson(unsigned seed) : random_(seed) {}
  unsigned Below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
  std::string Space() {
    static const char* const kSpaces[] = {"", "", "", " ", "\n", "\t ", "\r\n"};
    return kSpaces[Below(7)];
  }
  std::string Value(unsigned depth) {
    const unsigned kind = Below(depth == 0 ? 4 : 6);
    if (kind == 0) return "\"" + Text() + "\"";
    if (kind == 1) return std::to_string(static_cast<int>(random_()));
    if (kind == 2) return "-0.5E+10";
    if (kind == 3) return Below(2) == 0 ? "null" : "true";
    std::string text = kind == 4 ? "[" : "{";
    for (unsigned i = 0, count = Below(4); i < count; ++i) {
      text += (i == 0 ? "" : ",") + Space();
      if (kind == 5) text += "\"" + Text() + "\"" + Space() + ":";
      text += Space() + Value(depth - 1) + Space();
    }
    return text + Space() + (kind == 4 ? "]" : "}");
  }
  std::string Text() {
    static const char* const kParts[] = {"a", "\\\"", "\\\\", "[", "}", ",", "\\u00e9", "☃", "key"};
    std::string text;
    for (unsigned i = Below(5); i > 0; --i) text += kParts[Below(9)];
    return text;
  }

 private:
  std::minstd_rand random_;
};

std::string WithoutSpace(const std::string& text) {
  std::string out;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!in_string && std::string_view(" \n\r\t").find(text[i]) != std::string_view::npos) continue;
    out += text[i];
    if (text[i] == '\\')
      out += text[++i];
    else if (text[i] == '"')
      in_string = !in_string;
  }
  return out;
}

TEST(ElementSplitter, FindsEveryElementOfRandomDocuments) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    RandomJson random(seed);
    Texts expected;
    std::string text = "[";
    for (unsigned i = 0, count = random.Below(6); i < count; ++i) {
      const std::string value = random.Value(4);
      expected.push_back(WithoutSpace(value));
      text += (i == 0 ? "" : ",") + random.Space() + value + random.Space();
    }
    text += random.Space() + "]" + random.Space();
    ASSERT_TRUE(sdk::IsJson(text)) << text;
    for (const size_t size : {1, 3, 7, 4096}) {
      Texts found;
      for (const std::string& element : Elements(text, size)) {
        EXPECT_TRUE(sdk::IsJson(element)) << element;
        EXPECT_EQ(element.find_first_of("\n\r\t"), std::string::npos);
        found.push_back(WithoutSpace(element));
      }
      ASSERT_EQ(found, expected) << "seed " << seed << ", pieces of " << size << ": " << text;
    }
  }
}

// Damage at any byte: a sentence, or elements of which none is lost unseen.
TEST(ElementSplitter, NeverTakesADamagedDocumentForAWholeOne) {
  const std::string good = R"([{"a":[1,{"b":"x\"y"}]},"s",2,[true]])";
  for (size_t at = 0; at < good.size(); ++at) {
    for (const char damage : std::string("{}[],:\"\\x \n")) {
      std::string text = good;
      text[at] = damage;
      bool refused = false;
      Texts found;
      try {
        found = Elements(text, 3);
      } catch (const sdk::Failure&) {
        refused = true;
      }
      for (const std::string& element : found) refused = refused || !sdk::IsJson(element);
      EXPECT_EQ(refused, !sdk::IsJson(text)) << text;
    }
  }
}

}  // namespace
}  // namespace connhost::ndjson

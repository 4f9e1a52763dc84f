#include <connhost/arrow.h>
#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "base/error.h"
#include "host/wire/arrow_metadata.h"
#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

class OwnedSchema {
 public:
  explicit OwnedSchema(const Schema& schema) { SchemaToArrow(schema, &arrow_); }
  OwnedSchema(const OwnedSchema&) = delete;
  OwnedSchema& operator=(const OwnedSchema&) = delete;
  ~OwnedSchema() {
    if (release_ != nullptr) arrow_.release = release_;
    arrow_.release(&arrow_);
  }
  ArrowSchema& get() { return arrow_; }
  ArrowSchema& child(size_t index) { return *arrow_.children[index]; }
  void PretendReleased() { release_ = std::exchange(arrow_.release, nullptr); }

 private:
  ArrowSchema arrow_;
  void (*release_)(ArrowSchema*) = nullptr;
};

TEST(SchemaArrow, RoundTrip) {
  Schema schema = EveryType();
  schema.columns[1].nullable = false;
  OwnedSchema arrow(schema);
  EXPECT_EQ(SchemaFromArrow(arrow.get()), schema);
}

TEST(SchemaArrow, WritesTheFormatsOfTheContract) {
  OwnedSchema arrow(EveryType());
  std::string formats;
  for (int64_t i = 0; i < arrow.get().n_children; ++i) {
    formats += std::string(arrow.child(static_cast<size_t>(i)).format) + " ";
  }
  EXPECT_EQ(formats, "b l g u z tdD tsu: tsu:UTC d:38,9 u u ");
  EXPECT_EQ(FindArrowMetadata(arrow.child(9).metadata, "ARROW:extension:name"), "arrow.json");
  EXPECT_EQ(FindArrowMetadata(arrow.child(10).metadata, "ARROW:extension:name"), "connhost.number");
  EXPECT_EQ(arrow.child(3).metadata, nullptr);
}

TEST(SchemaArrow, CarriesTheNativeTypeBesideTheExtension) {
  Schema schema = EveryType();
  schema.columns[3].native = "postgresql:uuid";
  schema.columns[9].native = "postgresql:int4[]";
  OwnedSchema arrow(schema);
  EXPECT_EQ(FindArrowMetadata(arrow.child(9).metadata, "connhost.native"), "postgresql:int4[]");
  EXPECT_EQ(SchemaFromArrow(arrow.get()), schema);
}

TEST(SchemaArrow, SurvivesRelease) {
  ArrowSchema arrow;
  SchemaToArrow(EveryType(), &arrow);
  ArrowSchema moved = arrow;
  moved.release(&moved);
  EXPECT_EQ(moved.release, nullptr);
}

struct Strange {
  const char* name;
  std::function<void(OwnedSchema*)> bend;
  const char* sentence;
};

class StrangeSchema : public testing::TestWithParam<Strange> {};

TEST_P(StrangeSchema, IsRefusedWithASentence) {
  OwnedSchema arrow(EveryType());
  GetParam().bend(&arrow);
  try {
    SchemaFromArrow(arrow.get());
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
    EXPECT_NE(std::string(error.what()).find(GetParam().sentence), std::string::npos)
        << error.what();
  }
}

std::function<void(OwnedSchema*)> Format(const char* format) {
  return [format](OwnedSchema* s) { s->child(1).format = format; };
}

const std::vector<Strange>& StrangeSchemas() {
  static const std::vector<Strange> all = {
      {"Released", [](OwnedSchema* s) { s->PretendReleased(); }, "released before it was used"},
      {"NotAStruct", [](OwnedSchema* s) { s->get().format = "l"; }, "expected the format +s"},
      {"NoFormat", [](OwnedSchema* s) { s->get().format = nullptr; }, "expected the format +s"},
      {"NegativeColumns", [](OwnedSchema* s) { s->get().n_children = -1; }, "-1 columns"},
      {"TooManyColumns", [](OwnedSchema* s) { s->get().n_children = 4097; }, "4097 columns"},
      {"NoColumns", [](OwnedSchema* s) { s->get().children = nullptr; }, "NULL pointer"},
      {"NullColumn", [](OwnedSchema* s) { s->get().children[1] = nullptr; },
       "column 2 is a NULL pointer"},
      {"NoName", [](OwnedSchema* s) { s->child(1).name = nullptr; }, "column 2 has no name"},
      {"SameName", [](OwnedSchema* s) { s->child(1).name = "bool"; }, "same name"},
      {"NameNotUtf8", [](OwnedSchema* s) { s->child(1).name = "\xFF"; }, "not valid UTF-8"},
      {"ColumnReleased", [](OwnedSchema* s) { s->child(1).release = nullptr; },
       "column 2 'int64' was released"},
      {"ColumnWithoutFormat", Format(nullptr), "column 2 'int64' has no format"},
      {"Dictionary", [](OwnedSchema* s) { s->child(1).dictionary = &s->get(); }, "dictionary"},
      {"Nested", [](OwnedSchema* s) { s->child(1).n_children = 1; }, "columns are flat"},
      {"Int32", Format("i"), "column 2 'int64': the format 'i' is outside the profile"},
      {"LargeText", Format("U"), "the format 'U' is outside the profile"},
      {"List", Format("+l"), "tagged arrow.json"},
      {"Seconds", Format("tss:"), "the format 'tss:'"},
      {"Zone", Format("tsu:Europe/Berlin"), "the format 'tsu:Europe/Berlin'"},
      {"Empty", Format(""), "the format ''"},
      {"DecimalBare", Format("d:"), "the format 'd:'"},
      {"DecimalHalf", Format("d:5"), "the format 'd:5'"},
      {"DecimalOpen", Format("d:5,"), "the format 'd:5,'"},
      {"DecimalWide", Format("d:5,2,256"), "the format 'd:5,2,256'"},
      {"DecimalNegative", Format("d:5,-2"), "the format 'd:5,-2'"},
      {"DecimalLong", Format("d:39,2"), "precision of 1 to 38"},
      {"JsonNumber", [](OwnedSchema* s) { s->child(1).metadata = s->child(9).metadata; },
       "the extension arrow.json needs the format u, found int64"},
      {"MetadataNegative", [](OwnedSchema* s) { s->child(3).metadata = "\xFF\xFF\xFF\xFF"; },
       "the Arrow metadata holds the count -1"},
      {"MetadataHuge", [](OwnedSchema* s) { s->child(3).metadata = "\xFF\xFF\xFF\x7F"; },
       "the Arrow metadata holds the count 2147483647"},
  };
  return all;
}

INSTANTIATE_TEST_SUITE_P(Schemas, StrangeSchema, testing::ValuesIn(StrangeSchemas()),
                         [](const auto& strange) { return strange.param.name; });

TEST(SchemaArrow, TakesAnUnknownExtensionAsItsStorage) {
  const std::string metadata = EncodeArrowMetadata({{"ARROW:extension:name", "arrow.uuid"}});
  OwnedSchema arrow(EveryType());
  arrow.child(3).metadata = metadata.data();
  EXPECT_EQ(SchemaFromArrow(arrow.get()).columns[3].type, ColumnType::kUtf8);
}

TEST(ArrowMetadata, FindsAKeyAmongOthers) {
  std::string metadata;
  const auto number = [&](int32_t value) {
    metadata.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  number(2);
  for (const std::string text : {"unit", "EUR", "other", ""}) {
    number(static_cast<int32_t>(text.size()));
    metadata += text;
  }
  EXPECT_EQ(FindArrowMetadata(metadata.data(), "unit"), "EUR");
  EXPECT_EQ(FindArrowMetadata(metadata.data(), "other"), "");
  EXPECT_EQ(FindArrowMetadata(metadata.data(), "absent"), "");
  EXPECT_EQ(FindArrowMetadata(nullptr, "unit"), "");
}

}  // namespace
}  // namespace connhost

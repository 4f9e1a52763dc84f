#include "plugins/faker/shapes.h"

#include <charconv>
#include <cstring>
#include <string_view>

#include "plugins/faker/random.h"

namespace connhost::faker {

namespace {

using sdk::BatchWriter;
using sdk::Column;
using sdk::Type;

constexpr std::string_view kFirst[] = {"Ada",   "Bjørn", "Chloé", "Dmitri", "Elif", "Fatima",
                                       "Grace", "Hiro",  "Ines",  "Jürgen", "Kofi", "Léa",
                                       "Mei",   "Noor",  "Olga",  "Zoë"};
constexpr std::string_view kLast[] = {"Adeyemi", "Bauer",  "Costa",  "Dubois", "Eriksen", "Fischer",
                                      "García",  "Haddad", "Ivanov", "Jansen", "Kim",     "López",
                                      "Müller",  "Nguyen", "Okafor", "Tanaka"};
constexpr int64_t kFirstUpdate = 1'704'067'200'000'000;  // 2024-01-01T00:00:00Z
constexpr int32_t kFirstDay = 19723;                     // 2024-01-01
constexpr int kWideColumns = 48;

// Text put together in place, without allocation.
class Line {
 public:
  Line& operator<<(std::string_view text) {
    std::memcpy(bytes_ + used_, text.data(), text.size());
    used_ += text.size();
    return *this;
  }
  Line& operator<<(uint64_t number) {
    const auto [end, fault] = std::to_chars(bytes_ + used_, bytes_ + sizeof bytes_, number);
    used_ = static_cast<size_t>(end - bytes_);
    return *this;
  }
  std::string_view view() const { return {bytes_, used_}; }

 private:
  char bytes_[256];  // the longest line of any shape is shorter
  size_t used_ = 0;
};

class Maker : public RowMaker {
 public:
  explicit Maker(uint64_t seed) : seed_(seed) {}

 protected:
  RowRandom RandomOf(uint64_t row) const { return {seed_, row}; }
  static void AppendEnds(uint64_t row, BatchWriter& rows) {
    rows[0].AppendInt64(static_cast<int64_t>(row));
    rows[rows.columns().size() - 1].AppendInt64(UpdatedAt(row));
  }
  static int64_t UpdatedAt(uint64_t row) {
    return kFirstUpdate + static_cast<int64_t>(row) * 1'000'000;
  }
  static std::vector<Column> WithEnds(std::vector<Column> middle) {
    middle.insert(middle.begin(), {"id", Type::kInt64, false, 0, 0});
    middle.push_back({"updated_at", Type::kTimestampUtc, false, 0, 0});
    return middle;
  }

 private:
  uint64_t seed_;
};

class People : public Maker {
 public:
  using Maker::Maker;
  std::vector<Column> columns() const override {
    return WithEnds({{"name", Type::kText, false, 0, 0},
                     {"email", Type::kText, false, 0, 0},
                     {"age", Type::kInt64, true, 0, 0},
                     {"active", Type::kBool, false, 0, 0},
                     {"score", Type::kFloat64, false, 0, 0}});
  }
  void Append(uint64_t row, BatchWriter& rows) const override {
    RowRandom random = RandomOf(row);
    AppendEnds(row, rows);
    const uint64_t bits = random.Next();
    rows[1].AppendText((Line() << kFirst[bits & 15] << " " << kLast[bits >> 4 & 15]).view());
    rows[2].AppendText((Line() << "p" << row << "@example.com").view());
    const uint64_t more = random.Next();
    if (more % 20 == 0) {
      rows[3].AppendNull();
    } else {
      rows[3].AppendInt64(static_cast<int64_t>(18 + (more >> 8) % 70));
    }
    rows[4].AppendBool((bits >> 8 & 1) != 0);
    rows[5].AppendFloat64(static_cast<double>(more >> 32 & 0xFFFF) / 16);
  }
};

class Orders : public Maker {
 public:
  using Maker::Maker;
  std::vector<Column> columns() const override {
    return WithEnds({{"customer_id", Type::kInt64, false, 0, 0},
                     {"sku", Type::kText, false, 0, 0},
                     {"amount", Type::kDecimal, false, 12, 2},
                     {"ordered_on", Type::kDate, false, 0, 0},
                     {"note", Type::kText, true, 0, 0}});
  }
  void Append(uint64_t row, BatchWriter& rows) const override {
    RowRandom random = RandomOf(row);
    AppendEnds(row, rows);
    rows[1].AppendInt64(static_cast<int64_t>(1 + random.Below(100'000)));
    rows[2].AppendText((Line() << "SKU-" << random.Below(10'000)).view());
    rows[3].AppendDecimal(random.Below(10'000'000), 0);
    rows[4].AppendDate(kFirstDay + static_cast<int32_t>(random.Below(730)));
    if (random.Below(4) == 0) {
      rows[5].AppendText("said \"hello, world\"\nand left — ☃");
    } else {
      rows[5].AppendNull();
    }
  }
};

class Wide : public Maker {
 public:
  using Maker::Maker;
  std::vector<Column> columns() const override {
    std::vector<Column> columns;
    for (int i = 1; i <= kWideColumns; ++i) {
      columns.push_back(
          {"c" + std::to_string(i), i % 2 == 0 ? Type::kInt64 : Type::kText, false, 0, 0});
    }
    return WithEnds(std::move(columns));
  }
  void Append(uint64_t row, BatchWriter& rows) const override {
    RowRandom random = RandomOf(row);
    AppendEnds(row, rows);
    for (size_t i = 1; i <= kWideColumns; ++i) {
      const uint64_t value = random.Below(1'000'000);
      if (i % 2 == 0) {
        rows[i].AppendInt64(static_cast<int64_t>(value));
      } else {
        rows[i].AppendText((Line() << "v" << value).view());
      }
    }
  }
};

class Documents : public Maker {
 public:
  using Maker::Maker;
  std::vector<Column> columns() const override {
    return WithEnds({{"_document", Type::kJson, false, 0, 0}});
  }
  void Append(uint64_t row, BatchWriter& rows) const override {
    RowRandom random = RandomOf(row);
    AppendEnds(row, rows);
    Line line;
    line << "{\"id\":" << row << ",\"updated_at\":" << static_cast<uint64_t>(UpdatedAt(row))
         << ",\"name\":\"" << kFirst[random.Below(16)] << "\",\"price\":" << random.Below(1000)
         << ".50,\"tags\":[\"a" << random.Below(10) << "\",\"b\"],\"address\":{\"zip\":\""
         << random.Below(99'999) << "\",\"lines\":[null,true]}}";
    rows[1].AppendText(line.view());
  }
};

}  // namespace

std::unique_ptr<RowMaker> MakeRowMaker(const Settings& settings, uint64_t stream) {
  const uint64_t seed = Mix(settings.seed) + stream;
  switch (settings.shape) {
    case Shape::kOrders:
      return std::make_unique<Orders>(seed);
    case Shape::kWide:
      return std::make_unique<Wide>(seed);
    case Shape::kDocuments:
      return std::make_unique<Documents>(seed);
    case Shape::kPeople:
      break;
  }
  return std::make_unique<People>(seed);
}

}  // namespace connhost::faker

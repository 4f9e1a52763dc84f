#include <gtest/gtest.h>

#include <connhost/testing.hpp>
#include <cstdlib>
#include <new>

namespace {
size_t allocations = 0;  // of this program, counted by the operators below
}

[[gnu::noinline]] void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept {
  std::free(memory);
}

namespace connhost::sdk {
namespace {

struct Order {
  int64_t id;
  std::string customer;
  std::optional<double> amount;
  bool paid;
  TimestampUtc at;
};

// Emits `rows` orders, then fails as told.
class Orders : public Source {
 public:
  Orders(const Json& config, Host host)
      : rows_(config.GetInt("rows", 3)), fault_(config.GetString("fault")), host_(host) {}
  void Authenticate() override {
    if (fault_ == "auth") throw AuthFailure("the key was refused");
  }
  void Discover(Catalog& catalog) override {
    catalog.Add({"orders", ColumnsOf(fields_), {"id"}, "at", true, ""});
  }
  void Read(const ReadRequest& request, Output& output) override {
    Table<Order> table(output, fields_);
    Order order{0, "Zoë", 1.5, true, {7}};
    const int64_t first = request.state.is_null() ? 0 : request.state.GetInt("next", 0);
    for (int64_t i = first; i < rows_; ++i) {
      order.id = i + 1;
      if (i == 1) order.amount.reset();
      table.Append(order);
    }
    if (fault_ == "throw") throw std::runtime_error("a fault");
    if (fault_ == "int") throw 7;
    if (fault_ == "memory") throw std::bad_alloc();
    if (fault_ == "throttled") throw Failure(CONNHOST_THROTTLED, "slow down", 1500);
    if (fault_ == "poll") host_.Poll();
    Json state = Json::Object();
    state.Set("next", Json::Number(rows_));
    table.Checkpoint(state);
  }

 private:
  Fields<Order> fields_ = {{"id", &Order::id},
                           {"customer", &Order::customer},
                           {"amount", &Order::amount},
                           {"paid", &Order::paid},
                           {"at", &Order::at}};
  int64_t rows_;
  std::string fault_;
  Host host_;
};

constexpr connhost_plugin kPlugin = {
    1, 0, "orders", "1.0.0", &SourceTable<Orders>::kTable, nullptr, nullptr};
constexpr char kRequest[] = R"({"stream":"orders","sync":"full"})";

TEST(Sdk, TypedRowsBecomeBatches) {
  PluginTest test(kPlugin, R"({"rows":2})");
  const ReadResult result = test.Read(kRequest);
  EXPECT_EQ(result.status, CONNHOST_OK);
  EXPECT_EQ(result.rows, (std::vector<std::string>{
                             R"({"id":1,"customer":"Zoë","amount":1.5,"paid":true,"at":7})",
                             R"({"id":2,"customer":"Zoë","amount":null,"paid":true,"at":7})"}));
  EXPECT_EQ(result.states, std::vector<std::string>{R"({"next":2})"});
  EXPECT_FALSE(result.columns[0].nullable);
  EXPECT_TRUE(result.columns[2].nullable);
}

TEST(Sdk, ASchemaKeepsWhatItsColumnsSay) {
  const std::vector<Column> columns = {
      {"id", Type::kText, false, 0, 0, "postgresql:uuid"},
      {"tags", Type::kJson, true, 0, 0, "postgresql:text[]"},
      {"amount", Type::kNumber},
      {"price", Type::kDecimal, true, 12, 2, "postgresql:numeric(12,2)"},
      {"note", Type::kText}};
  const SchemaHolder schema(columns);
  const std::vector<Column> read = ColumnsOf(*schema.get());
  ASSERT_EQ(read.size(), columns.size());
  for (size_t i = 0; i < columns.size(); ++i) {
    EXPECT_EQ(read[i].name, columns[i].name);
    EXPECT_EQ(TypeName(read[i]), TypeName(columns[i])) << columns[i].name;
    EXPECT_EQ(read[i].native, columns[i].native) << columns[i].name;
    EXPECT_EQ(read[i].nullable, columns[i].nullable) << columns[i].name;
  }
}

TEST(Sdk, ABatchEndsAtItsLimits) {
  PluginTest test(kPlugin, R"({"rows":20000})");
  const ReadResult result = test.Read(kRequest);
  EXPECT_EQ(result.rows.size(), 20000U);
  EXPECT_EQ(result.batches, 3U);
}

TEST(Sdk, AnEmptyStreamStillHasColumns) {
  PluginTest test(kPlugin, R"({"rows":0})");
  EXPECT_EQ(test.Read(kRequest).columns.size(), 5U);
}

TEST(Sdk, EveryExceptionBecomesAStatusAndASentence) {
  const auto outcome = [](const std::string& fault) {
    PluginTest test(kPlugin, R"({"fault":")" + fault + R"("})");
    const ReadResult result = test.Read(kRequest);
    return std::make_tuple(result.status, result.sentence, test.host.retry_after_ms);
  };
  EXPECT_EQ(outcome("throw"), std::make_tuple(CONNHOST_INTERNAL, std::string("a fault"), 0U));
  EXPECT_EQ(outcome("throttled"),
            std::make_tuple(CONNHOST_THROTTLED, std::string("slow down"), 1500U));
  EXPECT_EQ(std::get<0>(outcome("int")), CONNHOST_INTERNAL);
  EXPECT_EQ(std::get<0>(outcome("memory")), CONNHOST_TRANSIENT);
  PluginTest auth(kPlugin, R"({"fault":"auth"})");
  EXPECT_EQ(auth.Authenticate(), CONNHOST_AUTH);
  EXPECT_EQ(auth.host.sentence, "the key was refused");
}

TEST(Sdk, CancellationPassesThrough) {
  PluginTest test(kPlugin, R"({"rows":20000})");
  EXPECT_EQ(test.Read(kRequest, "", 2).status, CONNHOST_CANCELLED);
  PluginTest polling(kPlugin, R"({"fault":"poll"})");
  polling.host.cancel = true;
  EXPECT_EQ(polling.Read(kRequest).status, CONNHOST_CANCELLED);
}

TEST(Sdk, AWrongConfigurationMakesNoInstance) {
  PluginTest test(kPlugin, R"({"rows":"many"})");
  EXPECT_EQ(test.created(), CONNHOST_CONFIG);
  EXPECT_EQ(test.host.sentence, R"('rows' must be a whole number, but is "many")");
}

TEST(Sdk, DiscoveryDescribesTheStruct) {
  PluginTest test(kPlugin, "{}");
  const std::vector<std::string> streams = test.Discover();
  ASSERT_EQ(streams.size(), 1U);
  EXPECT_NE(streams[0].find(R"({"name":"amount","type":"float64","nullable":true})"),
            std::string::npos)
      << streams[0];
}

// Takes batches and counts nothing.
connhost_output NullOutput() {
  connhost_output output{};
  output.schema = [](const connhost_output*, const ArrowSchema*) { return connhost_status{0}; };
  output.emit = [](const connhost_output*, ArrowArray* batch, const connhost_origin*) {
    batch->release(batch);
    return connhost_status{0};
  };
  return output;
}

TEST(Sdk, ARecordCostsNoAllocationOnceWarm) {
  const connhost_output raw = NullOutput();
  Output output(&raw);
  Table<Order> table(output, {{"id", &Order::id}, {"customer", &Order::customer}});
  const Order order{1, std::string(30, 'x'), {}, true, {0}};
  for (int i = 0; i < 20000; ++i) table.Append(order);
  const size_t before = allocations;
  for (int i = 0; i < 5000; ++i) table.Append(order);
  EXPECT_LE(allocations - before, 4U);  // at most one batch went out
}

TEST(Sdk, AnAbandonedRowLeavesNoTrace) {
  const connhost_output raw = NullOutput();
  Output output(&raw);
  BatchWriter rows(output, {{"a", Type::kText, true, 0, 0}, {"b", Type::kInt64, true, 0, 0}});
  rows[0].AppendText("kept");
  rows[1].AppendNull();
  rows.EndRow();
  rows[0].AppendText("gone");
  rows.AbandonRow();
  EXPECT_EQ(rows[0].rows(), 1U);
  EXPECT_EQ(rows[0].bytes(), 4U);
  EXPECT_EQ(rows.rows(), 1U);
}

}  // namespace
}  // namespace connhost::sdk

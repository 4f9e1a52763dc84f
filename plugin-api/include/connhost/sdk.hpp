// The C++ SDK of the plugin contract: everything an author includes, and the line that exports.
//
//   class Orders : public connhost::sdk::Source { ... };
//   CONNHOST_SOURCE("orders", "1.0.0", Orders)
#pragma once

#include <exception>
#include <memory>
#include <new>

#include "destination.hpp"
#include "source.hpp"
#include "table.hpp"

namespace connhost::sdk {

// Runs `body` and turns every exception into a status and a sentence: none crosses the border.
template <class Body>
connhost_status Guard(const connhost_host* host, Body&& body) noexcept {
  const auto fail = [&](connhost_status status, const char* sentence, uint64_t retry_after) {
    host->fail(host, ToText(sentence), retry_after);
    return status;
  };
  try {
    body();
    return CONNHOST_OK;
  } catch (const Cancelled&) {
    return CONNHOST_CANCELLED;
  } catch (const Failure& failure) {
    return fail(failure.status(), failure.what(), failure.retry_after_ms());
  } catch (const std::bad_alloc&) {
    return fail(CONNHOST_TRANSIENT, "std::bad_alloc: the connector ran out of memory", 0);
  } catch (const std::exception& error) {
    return fail(CONNHOST_INTERNAL, error.what(), 0);
  } catch (...) {
    return fail(CONNHOST_INTERNAL, "the connector threw something that is no std::exception", 0);
  }
}

// An instance behind the C table's void pointer.
template <class T>
struct Instance {
  const connhost_host* host;
  T object;
  std::vector<Column> columns;  // of a destination's stream

  Instance(const connhost_host* h, const Json& config) : host(h), object(config, Host(h)) {}
  static Instance& Of(void* instance) { return *static_cast<Instance*>(instance); }

  static connhost_status Create(const connhost_host* host, connhost_text config, void** out) {
    return Guard(
        host, [&] { *out = new Instance(host, Json::Parse(ToView(config), "the configuration")); });
  }
  static void Destroy(void* instance) { delete static_cast<Instance*>(instance); }
  static connhost_status Authenticate(void* instance) {
    return Guard(Of(instance).host, [&] { Of(instance).object.Authenticate(); });
  }
};

template <class T>
struct SourceTable {
  using Self = Instance<T>;
  static connhost_status Discover(void* instance, const connhost_catalog* raw) {
    return Guard(Self::Of(instance).host, [&] {
      Catalog catalog(raw);
      Self::Of(instance).object.Discover(catalog);
    });
  }
  static connhost_status Read(void* instance, const connhost_read_request* request,
                              const connhost_output* raw) {
    return Guard(Self::Of(instance).host, [&] {
      Output output(raw);
      Self::Of(instance).object.Read(ReadRequest::From(*request), output);
    });
  }
  static constexpr connhost_source kTable = {Self::Create, Self::Destroy, Self::Authenticate,
                                             Discover, Read};
};

template <class T>
struct DestinationTable {
  using Self = Instance<T>;
  static connhost_status Recover(void* instance, connhost_text stream,
                                 const connhost_recovery* recovery) {
    return Guard(Self::Of(instance).host, [&] {
      const Committed last = Self::Of(instance).object.Recover(StreamTarget::From(ToView(stream)));
      if (last.any) recovery->committed(recovery, last.sequence, ToText(last.state));
    });
  }
  static connhost_status Open(void* instance, const ArrowSchema* schema) {
    return Guard(Self::Of(instance).host, [&] {
      Self& self = Self::Of(instance);
      self.columns = ColumnsOf(*schema);
      self.object.Open(self.columns);
    });
  }
  static connhost_status Write(void* instance, const ArrowArray* batch,
                               const connhost_batch_info* info) {
    return Guard(Self::Of(instance).host, [&] {
      Self& self = Self::Of(instance);
      self.object.Write(BatchView(*batch, self.columns), BatchInfo(info));
    });
  }
  static connhost_status Commit(void* instance, const connhost_commit* commit,
                                connhost_receipt* receipt) {
    return Guard(Self::Of(instance).host, [&] {
      const Receipt made = Self::Of(instance).object.Commit(
          {commit->sequence, ToView(commit->state), commit->last != 0});
      *receipt = {made.records, made.bytes};
    });
  }
  static constexpr connhost_destination kTable = {
      Self::Create, Self::Destroy, Self::Authenticate, Recover, Open, Write, Commit};
};

}  // namespace connhost::sdk

#define CONNHOST_EXPORT_PLUGIN(id, version, source, destination)       \
  extern "C" CONNHOST_EXPORT const connhost_plugin connhost_plugin_v1; \
  extern "C" const connhost_plugin connhost_plugin_v1 = {              \
      CONNHOST_ABI_MAJOR, CONNHOST_ABI_MINOR, id, version, source, destination, nullptr};

// One of these per plugin, outside every namespace. Id and version as in the manifest.
#define CONNHOST_SOURCE(id, version, Class) \
  CONNHOST_EXPORT_PLUGIN(id, version, &connhost::sdk::SourceTable<Class>::kTable, nullptr)
#define CONNHOST_DESTINATION(id, version, Class) \
  CONNHOST_EXPORT_PLUGIN(id, version, nullptr, &connhost::sdk::DestinationTable<Class>::kTable)
#define CONNHOST_PLUGIN(id, version, SourceClass, DestinationClass)                     \
  CONNHOST_EXPORT_PLUGIN(id, version, &connhost::sdk::SourceTable<SourceClass>::kTable, \
                         &connhost::sdk::DestinationTable<DestinationClass>::kTable)

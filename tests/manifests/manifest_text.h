// A manifest without a fault, and ways to break it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace connhost {

// Every field of the format. Tests break one line of it and expect the place by number.
inline constexpr std::string_view kGoodManifest = R"(manifest: 1
id: orders-db
version: 1.2.0-rc.1
name: Orders database
description: |
  Reads and writes
  the orders.
publisher: connhost
license: Apache-2.0
taxonomy: {origin: public, source: database, provider: local, product: orders, method: sql}
kind: both
abi: 1
platforms:
  linux-x86_64: lib/orders-db.so
capabilities: [full, incremental, append]
runners: [local]
network:
  patterns: [api.example.com, "*.example.com", "localhost:8080"]
  native: {host: host, port: port}
files: {read: [path], write: []}
secrets: [api-token]
config:
  type: object
  required: [host, port]
  properties:
    host: {type: string, description: Where the database runs., examples: [db.example.com]}
    port: {type: integer, description: Its port., minimum: 1, maximum: 65535, default: 5432}
    path: {type: string, description: A file of queries., pattern: "^[^*]+$"}
    delimiter:
      type: string
      description: Between fields.
      enum: [",", ";"]
      default: ","
streams:
  - {name: orders, key: [id], cursor: updated_at}
  - name: customers
state: {writes: orders-db/2, reads: [orders-db/1, orders-db/2]}
parallel_streams: 4
limits: {memory: 256MiB, cpu: 1h, idle_timeout: 60s}
compliance: {sensitive_data: [names], data_residency: [eu], security_controls: [tls]}
)";

// The good manifest with one piece of text, which must stand in it, replaced.
inline std::string Broken(std::string_view from, std::string_view to) {
  std::string text(kGoodManifest);
  const size_t at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << "not in the good manifest: " << from;
    return text;
  }
  return text.replace(at, from.size(), to);
}

}  // namespace connhost

// DuckDB doing the same step: usage: node duckdb.mjs w1|w2 INPUT OUTPUT
// w1: CSV with explicit types, timestamps as text, to JSON lines. w2: NDJSON objects kept as JSON, with an envelope, to JSON lines.
import { DuckDBInstance } from "@duckdb/node-api";

const [, , workload, input, output] = process.argv;
const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const columns = `{'id': 'BIGINT', 'created_at': 'VARCHAR', 'account_id': 'BIGINT', 'amount': 'DOUBLE', 'score': 'DOUBLE',
  'country': 'VARCHAR', 'name': 'VARCHAR', 'note': 'VARCHAR', 'active': 'BOOLEAN', 'updated_at': 'VARCHAR'}`;
const queries = {
  w1: `COPY (SELECT * FROM read_csv(${literal(input)}, header = true, columns = ${columns}, allow_quoted_nulls = false))
       TO ${literal(output)} (FORMAT json)`,
  w2: `COPY (SELECT 'acme' AS tenant, 'ndjson' AS connector, 'items' AS stream, 1700000000000 AS emitted_at, json AS data
             FROM read_ndjson_objects(${literal(input)}))
       TO ${literal(output)} (FORMAT json)`,
};
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await instance.connect();
await connection.run(queries[workload]);

#include <array>

#include "store/schema.hpp"

// The tables of schema_sqlite.cpp. Registers and days are partitioned by month of their instant;
// the partitions are made when the first row of a month comes (postgres.cpp). No foreign key stands
// on them: it would cost a trigger for each row, and meters and sources are numbered in the same
// transaction, by the one writer that holds the lock. collate "C" orders names by their bytes.

namespace xiaoyuan::store {

namespace {

constexpr std::string_view postgres_first = R"sql(
create table meters (id bigint primary key, name text collate "C" not null unique);
create table sources (id bigint primary key, name text collate "C" not null unique);
create table batches (
  number bigint primary key,
  key text collate "C" not null unique,
  content bytea not null check (length(content) = 32),
  recorded_at bigint not null,
  registers bigint not null,
  days bigint not null,
  entries bigint not null,
  documents bigint not null
);
create table registers (
  meter bigint not null,
  at bigint not null,
  channel smallint not null,
  rate smallint not null,
  recorded_at bigint not null,
  value_mwh bigint not null,
  quality smallint not null,
  source bigint not null,
  primary key (meter, at, channel, rate, recorded_at)
) partition by range (at);
create table days (
  meter bigint not null,
  start bigint not null,
  channel smallint not null,
  recorded_at bigint not null,
  source bigint not null,
  digest bytea not null check (length(digest) = 32),
  packed bytea not null,
  primary key (meter, start, channel, recorded_at)
) partition by range (start);
create table entries (
  number bigint primary key,
  key text not null,
  hash bytea not null check (length(hash) = 32),
  bytes bytea not null
);
create table documents (
  name text collate "C" primary key,
  size bigint not null,
  digest bytea not null check (length(digest) = 32),
  compressed bytea not null
);
alter table documents alter column compressed set storage external;
)sql";

constexpr std::array<SchemaStep, 1> postgres_steps{{{"first", postgres_first}}};

}  // namespace

std::span<const SchemaStep> postgres_schema() { return postgres_steps; }

}  // namespace xiaoyuan::store

#include <array>

#include "store/schema.hpp"

// Meters and sources are numbers in the rows. A meter's readings lie together and in the order of
// time, so that its month is one stretch of a few pages. Days and registers have no rowid: their
// key is the table. Entries are appended in the order of their numbers. `recorded_at` and other
// instants are seconds since 1970-01-01 UTC.

namespace xiaoyuan::store {

namespace {

constexpr std::string_view sqlite_first = R"sql(
create table meters (id integer primary key, name text not null unique) strict;
create table sources (id integer primary key, name text not null unique) strict;
create table batches (
  number integer primary key,
  key text not null unique,
  content blob not null check (length(content) = 32),
  recorded_at integer not null,
  registers integer not null,
  days integer not null,
  entries integer not null,
  documents integer not null
) strict;
create table registers (
  meter integer not null references meters,
  at integer not null,
  channel integer not null,
  rate integer not null,
  recorded_at integer not null,
  value_mwh integer not null,
  quality integer not null,
  source integer not null references sources,
  primary key (meter, at, channel, rate, recorded_at)
) strict, without rowid;
create table days (
  meter integer not null references meters,
  start integer not null,
  channel integer not null,
  recorded_at integer not null,
  source integer not null references sources,
  digest blob not null check (length(digest) = 32),
  packed blob not null,
  primary key (meter, start, channel, recorded_at)
) strict, without rowid;
create table entries (
  number integer primary key,
  key text not null,
  hash blob not null check (length(hash) = 32),
  bytes blob not null
) strict;
create table documents (
  number integer primary key,
  name text not null unique,
  size integer not null,
  digest blob not null check (length(digest) = 32),
  compressed blob not null
) strict;
)sql";

constexpr std::array<SchemaStep, 1> sqlite_steps{{{"first", sqlite_first}}};

}  // namespace

std::span<const SchemaStep> sqlite_schema() { return sqlite_steps; }

}  // namespace xiaoyuan::store

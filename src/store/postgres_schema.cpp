#include "store/postgres_schema.hpp"

#include "store/schema.hpp"
#include "store/write_batch.hpp"

namespace xiaoyuan::store {

namespace {

Result<std::size_t> steps_in(PostgresConnection& connection) {
  TRY(const PostgresAnswer answer,
      connection.ask("select number, digest from schema order by number"));
  std::vector<TakenStep> taken;
  for (int i = 0; i < answer.size(); ++i) {
    taken.push_back({static_cast<int>(answer.number(i, 0)), answer.bytes(i, 1)});
  }
  return steps_taken(postgres_schema(), taken, connection.name());
}

Result<void> take_missing(PostgresConnection& connection) {
  TRY(std::size_t taken, steps_in(connection));
  for (; taken < postgres_schema().size(); ++taken) {
    const SchemaStep& step = postgres_schema()[taken];
    auto done = in_turn([&] { return connection.execute(std::string(step.sql)); },
                        [&]() -> Result<void> {
                          TRY(const PostgresAnswer inserted,
                              connection.ask("insert into schema (number, name, digest) values "
                                             "($1, $2, $3)",
                                             PostgresValues()
                                                 .number(static_cast<std::int64_t>(taken) + 1)
                                                 .text(step.name)
                                                 .text(digest_of(step))));
                          static_cast<void>(inserted);
                          return {};
                        });
    if (!done) {
      return done;
    }
  }
  return {};
}

}  // namespace

Result<void> take_steps(PostgresConnection& connection) {
  TRY(const PostgresAnswer known, connection.ask("select to_regclass('schema') is not null"));
  if (known.number(0, 0) != 0) {
    TRY(const std::size_t taken, steps_in(connection));
    if (taken == postgres_schema().size()) {
      return {};
    }
  }
  auto done = in_turn(
      [&] { return connection.execute(begin_alone); },
      [&] {
        return connection.execute(
            "create table if not exists schema (number bigint primary key, name text not null, "
            "digest text not null)");
      },
      [&] { return take_missing(connection); }, [&] { return connection.execute("commit"); });
  if (!done) {
    connection.roll_back();
  }
  return done;
}

}  // namespace xiaoyuan::store

#include <array>

#include "api/settlement_doors.hpp"

namespace xiaoyuan::api {

namespace {

using enum http::Method;

constexpr std::size_t import_bytes = 64UL * 1024 * 1024;
constexpr std::size_t table_bytes = 4UL * 1024 * 1024;

constexpr std::array rows_of_settlement{
    Route{get, "/villages/{village}/months", "pvvvvvvv", Runs::at_once, settled_months},
    Route{get, "/villages/{village}/months/{month}", "pvvvvvvv", Runs::at_once, settled_month},
    Route{get, "/villages/{village}/months/{month}/statements", "-ovov---", Runs::at_once,
          statements},
    Route{get, "/villages/{village}/months/{month}/statements/{holder}", "-ovov---", Runs::at_once,
          statement},
    Route{get, "/villages/{village}/months/{month}/statements/{holder}/paper", "-ovov---",
          Runs::on_worker, statement_paper},
    Route{get, "/villages/{village}/months/{month}/statements/{holder}/lines/{line}", "-ovov---",
          Runs::on_worker, statement_line},
    Route{get, "/villages/{village}/months/{month}/statements/{holder}/proof", "-ovov---",
          Runs::on_worker, statement_proof},
    Route{get, "/villages/{village}/months/{month}/papers", "--v-----", Runs::on_worker,
          month_papers},
    Route{post, "/villages/{village}/months/{month}/runs", "--v-----", Runs::on_worker,
          settle_month},
    Route{post, "/villages/{village}/months/{month}/seal", "--v-----", Runs::on_worker, seal_month},
    Route{get, "/villages/{village}/months/{month}/reconciliation", "--v-v---", Runs::on_worker,
          reconciliation},
    Route{get, "/villages/{village}/months/{month}/review", "--v-----", Runs::on_worker,
          review_of_month},
    Route{post, "/villages/{village}/months/{month}/review", "--v-----", Runs::on_worker,
          review_month, table_bytes},
    Route{get, "/villages/{village}/imports", "--v-v---", Runs::on_worker, imports},
    Route{post, "/villages/{village}/imports", "--v-v---", Runs::on_worker, import_readings,
          import_bytes},
    Route{get, "/villages/{village}/mappings", "--v-v---", Runs::on_worker, mappings},
    Route{put, "/villages/{village}/mappings/{mapping}", "--v-v---", Runs::on_worker, keep_mapping},
    Route{get, "/villages/{village}/disputes", "-ovov---", Runs::at_once, disputes},
    Route{post, "/villages/{village}/disputes", "-ovo----", Runs::on_worker, open_dispute},
    Route{get, "/villages/{village}/disputes/{dispute}", "-ovov---", Runs::at_once, dispute},
    Route{post, "/villages/{village}/disputes/{dispute}/resolution", "--v-----", Runs::on_worker,
          resolve_dispute},
    Route{get, "/villages/{village}/book", "--v-----", Runs::on_worker, book},
    Route{get, "/villages/{village}/book/head", "pvvvvvvv", Runs::at_once, book_head},
    Route{post, "/proofs", "yyyyyyyy", Runs::on_worker, check_proof},
};

}  // namespace

std::span<const Route> settlement_routes() { return rows_of_settlement; }

}  // namespace xiaoyuan::api

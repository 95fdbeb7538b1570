// The handlers of settlement; their rows stand in settlement.cpp.
#pragma once
#include "api/route.hpp"

namespace xiaoyuan::api {

// settlement_months.cpp
Result<http::Response> settled_months(const Call& call);
Result<http::Response> settled_month(const Call& call);
// settlement_statements.cpp
Result<http::Response> statements(const Call& call);
Result<http::Response> statement(const Call& call);
Result<http::Response> statement_line(const Call& call);
Result<http::Response> statement_proof(const Call& call);
// settlement_papers.cpp
Result<http::Response> statement_paper(const Call& call);
Result<http::Response> month_papers(const Call& call);
// settlement_runs.cpp
Result<http::Response> settle_month(const Call& call);
Result<http::Response> seal_month(const Call& call);
Result<http::Response> review_of_month(const Call& call);
Result<http::Response> review_month(const Call& call);
// settlement_reconciliation.cpp
Result<http::Response> reconciliation(const Call& call);
// settlement_imports.cpp
Result<http::Response> imports(const Call& call);
Result<http::Response> import_readings(const Call& call);
Result<http::Response> mappings(const Call& call);
Result<http::Response> keep_mapping(const Call& call);
// settlement_disputes.cpp
Result<http::Response> disputes(const Call& call);
Result<http::Response> dispute(const Call& call);
Result<http::Response> open_dispute(const Call& call);
Result<http::Response> resolve_dispute(const Call& call);
// settlement_book.cpp
Result<http::Response> book(const Call& call);
Result<http::Response> book_head(const Call& call);
Result<http::Response> check_proof(const Call& call);

}  // namespace xiaoyuan::api

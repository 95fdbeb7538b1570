# Third parties, and the folders whose .cpp files may use them. None of them stands in a header.
find_package(fmt REQUIRED)
find_package(date REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(Threads REQUIRED)
find_library(LIBCSV csv REQUIRED)
find_library(LIBXLSXWRITER xlsxwriter REQUIRED)
find_library(LIBSODIUM sodium REQUIRED)
# XLSX as grid companies send it, read in readings/workbook.cpp alone: a ZIP of XML.
find_library(LIBZIP zip REQUIRED)
find_package(EXPAT REQUIRED)
# The store: SQLite by default, PostgreSQL by a setting; documents are kept compressed.
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_library(LIBZSTD zstd REQUIRED)
# Statements as PDF: text by Pango, drawing by Cairo, proofs as QR codes.
find_package(PkgConfig REQUIRED)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo cairo-pdf)
find_library(LIBQRENCODE qrencode REQUIRED)
# The server: Boost.Asio and Beast's parser (headers) and TLS in http/ alone, metrics' text in api/.
find_package(Boost 1.74 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED) # large answers as gzip
find_package(prometheus-cpp REQUIRED CONFIG)
# Optional: without MPI there is no xiaoyuan-district-mpi, and nothing else changes.
set(MPI_CXX_SKIP_MPICXX ON)
find_package(MPI QUIET COMPONENTS CXX)

set(third_parties_of_base fmt::fmt date::date-tz tomlplusplus::tomlplusplus ${LIBCSV} ${LIBSODIUM})
foreach(folder model sun weather solar demand battery tariff carbon ledger readings settle wires optimum hosting
  plan sim office district people desk)
  set(third_parties_of_${folder} fmt::fmt)
endforeach()
set(third_parties_of_store fmt::fmt SQLite::SQLite3 PostgreSQL::PostgreSQL ${LIBZSTD})
set(third_parties_of_statement fmt::fmt PkgConfig::PANGOCAIRO ${LIBXLSXWRITER} ${LIBQRENCODE})
set(third_parties_of_http fmt::fmt Boost::headers OpenSSL::SSL ZLIB::ZLIB Threads::Threads)
set(third_parties_of_api fmt::fmt prometheus-cpp::core Threads::Threads) # nlohmann-json is headers alone
list(APPEND third_parties_of_people ${LIBSODIUM} Threads::Threads)
list(APPEND third_parties_of_desk Threads::Threads)
list(APPEND third_parties_of_office Threads::Threads)
list(APPEND third_parties_of_readings ${LIBZIP} EXPAT::EXPAT)
list(APPEND third_parties_of_plan Threads::Threads)
list(APPEND third_parties_of_district Threads::Threads)
# wires: nlohmann-json in one file, wires/json.cpp, headers alone
set(third_parties_of_report fmt::fmt ${LIBXLSXWRITER}) # nlohmann-json is headers alone
set(third_parties_of_cli fmt::fmt Threads::Threads) # CLI11 is headers alone

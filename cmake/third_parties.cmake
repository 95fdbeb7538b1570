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
# Optional: without MPI there is no xiaoyuan-district-mpi, and nothing else changes.
set(MPI_CXX_SKIP_MPICXX ON)
find_package(MPI QUIET COMPONENTS CXX)

set(third_parties_of_base fmt::fmt date::date-tz tomlplusplus::tomlplusplus ${LIBCSV} ${LIBSODIUM})
foreach(folder model sun weather solar demand battery tariff carbon ledger readings network wires optimum plan store district)
  set(third_parties_of_${folder} fmt::fmt)
endforeach()
list(APPEND third_parties_of_readings ${LIBZIP} EXPAT::EXPAT)
list(APPEND third_parties_of_plan Threads::Threads)
list(APPEND third_parties_of_district Threads::Threads)
# wires: nlohmann-json in one file, wires/json.cpp, headers alone
set(third_parties_of_report fmt::fmt ${LIBXLSXWRITER}) # nlohmann-json is headers alone
set(third_parties_of_cli fmt::fmt Threads::Threads) # CLI11 is headers alone

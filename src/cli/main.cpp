#include "cli/commands.hpp"

int main(int argc, char** argv) { return xiaoyuan::cli::run(argc, argv); }

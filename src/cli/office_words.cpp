#include "cli/office_words.hpp"

#include <CLI/CLI.hpp>

namespace xiaoyuan::cli {

namespace {

/// Adds the commands one by one.
class OfficeWords {
 public:
  OfficeWords(CLI::App& app, Language language) : app_(app), language_(language) {}

  const CLI::App* import(ImportOptions& options) {
    CLI::App* command =
        add("import", "Take meter readings into the village's store, once and with a report",
            "导入电表读数:同一文件只入库一次,并报告采用、重复、冲突与拒绝", options.place);
    command->footer(
        say("Examples:\n"
            "  xiaoyuan import my-village readings/registers.csv --mapping registers\n"
            "  xiaoyuan import my-village october.xlsx --mapping generation\n"
            "  xiaoyuan import my-village readings/intervals.xyr\n"
            "  xiaoyuan import my-village late.csv --mapping registers --correct",
            "示例:\n"
            "  xiaoyuan import my-village readings/registers.csv --mapping registers\n"
            "  xiaoyuan import my-village october.xlsx --mapping generation\n"
            "  xiaoyuan import my-village readings/intervals.xyr\n"
            "  xiaoyuan import my-village late.csv --mapping registers --correct"));
    command
        ->add_option("files", options.files,
                     say("CSV, XLSX, or an archive (.xyr)", "CSV、XLSX 或归档文件(.xyr)"))
        ->required();
    command->add_option("--mapping", options.mapping,
                        say("Which column is what: a name of share/mappings, or a file",
                            "列映射:share/mappings 中的名称,或映射文件"));
    command->add_option("--known-since", options.known_since,
                        say("When the readings became known, 2026-11-03 or with a time; now if "
                            "left out",
                            "读数获知时间,如 2026-11-03(可带时刻);缺省为现在"));
    command->add_flag("--correct", options.correct,
                      say("Other values than those known are corrections, not conflicts",
                          "与已有读数不同者按更正处理(否则记为冲突)"));
    return command;
  }

  const CLI::App* settle(SettleOptions& options) {
    CLI::App* command = add(
        "settle", "Settle the months up to one: bills, contracts, statements, postings to the book",
        "逐月结算至指定月份:电费、合同往来、结算单与记账", options.place);
    command->footer(
        say("A month that is settled again posts the difference only.\n"
            "Examples:\n"
            "  xiaoyuan settle my-village --month 2026-10 --out out\n"
            "  xiaoyuan settle my-village --month 2026-09 --as-known-at 2026-10-05",
            "重新结算只记差额。\n示例:\n"
            "  xiaoyuan settle my-village --month 2026-10 --out out\n"
            "  xiaoyuan settle my-village --month 2026-09 --as-known-at 2026-10-05"));
    month(command, options.month);
    command->add_option("--as-known-at", options.known_at,
                        say("Look only: the month with what was known then; nothing is posted",
                            "仅查看:按当时已知读数的结果,不记账"));
    command->add_option(
        "--out", options.out,
        say("Also write the month's statements into this folder", "另将当月结算单写入此文件夹"));
    command->add_flag("--seal", options.seal,
                      say("Close the month: later differences go into the next open one",
                          "封账:之后的差额记入下一个未封账月份"));
    threads(command, options.threads);
    return command;
  }

  const CLI::App* statement(StatementOptions& options) {
    CLI::App* command =
        add("statement", "Show a statement, or write a month's as PDF, page, CSV and workbook",
            "查看结算单,或将当月全部结算单写为 PDF、网页、CSV 与工作簿", options.place);
    command->footer(
        say("Examples:\n"
            "  xiaoyuan statement my-village 2026-10/H001\n"
            "  xiaoyuan statement my-village 2026-10 --format pdf,html,xlsx --out out",
            "示例:\n"
            "  xiaoyuan statement my-village 2026-10/H001\n"
            "  xiaoyuan statement my-village 2026-10 --format pdf,html,xlsx --out out"));
    command
        ->add_option("which", options.month,
                     say("A statement (2026-10/H001) or a month", "结算单编号(2026-10/H001)或月份"))
        ->required();
    command
        ->add_option("--format", options.formats,
                     say("text, pdf, html, csv, xlsx, json", "text、pdf、html、csv、xlsx、json"))
        ->delimiter(',')
        ->check(CLI::IsMember({"text", "pdf", "html", "csv", "xlsx", "json"}));
    command->add_option("--out", options.out, say("Folder for the files", "输出文件夹"));
    return command;
  }

  const CLI::App* explain(ExplainOptions& options) {
    CLI::App* command = add("explain", "Why a line of a statement is what it is",
                            "说明结算单某一行的由来", options.place);
    command->footer("  xiaoyuan explain my-village 2026-10/H001 bought.tier1");
    command->add_option("statement", options.statement, say("2026-10/H001", "2026-10/H001"))
        ->required();
    command->add_option("line", options.line, say("The line's id", "行编号"))->required();
    return command;
  }

  const CLI::App* review(ReviewOptions& options) {
    CLI::App* command =
        add("review", "Hold a settled month against the plan: energy, money, and why they differ",
            "将已结算月份与规划对照:电量、金额及差异原因", options.place);
    command->footer(
        say("Examples:\n"
            "  xiaoyuan review my-village --month 2026-10\n"
            "  xiaoyuan review my-village --month 2026-10 --reasons reasons.csv --json",
            "示例:\n"
            "  xiaoyuan review my-village --month 2026-10\n"
            "  xiaoyuan review my-village --month 2026-10 --reasons reasons.csv --json"));
    month(command, options.month);
    command->add_option("--reasons", options.reasons,
                        say("CSV with household, month, weather_ratio, outage_generation_wh",
                            "CSV:household、month、weather_ratio、outage_generation_wh 列"));
    command->add_flag("--json", options.json, say("Every household, as JSON", "以 JSON 输出各户"));
    threads(command, options.threads);
    return command;
  }

  const CLI::App* reconcile(ReconcileOptions& options) {
    CLI::App* command =
        add("reconcile", "Hold the grid company's figures against our settled month, to the fen",
            "将电网企业所列电量与电费同本方结算逐户核对,精确到分", options.place);
    command->footer(
        say("It ends with 0 when all is equal and with 1 when not.\n"
            "Examples:\n"
            "  xiaoyuan reconcile my-village --month 2026-10 notice.xlsx --mapping payment_notice\n"
            "  xiaoyuan reconcile my-village --month 2026-10 --out out",
            "全部一致时退出码为 0,否则为 1。\n示例:\n"
            "  xiaoyuan reconcile my-village --month 2026-10 notice.xlsx --mapping payment_notice\n"
            "  xiaoyuan reconcile my-village --month 2026-10 --out out"));
    month(command, options.month);
    command->add_option("files", options.files,
                        say("Its sheets (CSV, XLSX); those that were imported if left out",
                            "电网企业表单(CSV、XLSX);缺省为已导入者"));
    command->add_option("--mapping", options.mapping,
                        say("Which column is what: a name of share/mappings, or a file",
                            "列映射:share/mappings 中的名称,或映射文件"));
    command->add_option(
        "--out", options.out,
        say("Write the reconciliation statement into this folder", "将对账单写入此文件夹"));
    return command;
  }

  const CLI::App* verify(VerifyOptions& options) {
    CLI::App* command =
        app_.add_subcommand("verify", say("Check an exported book, or a statement's proof, offline",
                                          "离线核验导出的账本或结算单证明"));
    command->footer(
        "  xiaoyuan verify book.xyb --head 120:ab03…\n"
        "  xiaoyuan verify --proof xiaoyuan-proof/1:… --head 120:ab03…");
    command->add_option("file", options.file,
                        say("A book (xiaoyuan book --out), or a text file with a proof",
                            "账本文件(xiaoyuan book --out),或证明文本文件"));
    command->add_option("--proof", options.proof,
                        say("The text of a statement's QR code", "结算单二维码中的文本"));
    command->add_option("--head", options.heads,
                        say("A head that you keep, size:root; may be repeated",
                            "自己留存的账本摘要(条数:根),可重复"));
    return command;
  }

  const CLI::App* dispute(DisputeOptions& options) {
    CLI::App* command =
        add("dispute", "Freeze the disputed amount of a statement's line; without a line: list",
            "对结算单某行提出争议并冻结争议金额;不填行则列出", options.place);
    command->footer(
        "  xiaoyuan dispute my-village 2026-10/H001 bought.tier1 --amount 3.20 \\\n"
        "    --reason \"the meter was swapped\"");
    command->add_option("statement", options.statement, say("2026-10/H001", "2026-10/H001"));
    command->add_option("line", options.line, say("The line's id", "行编号"));
    command->add_option("--amount", options.amount, say("Yuan, above zero", "金额(元),大于零"));
    command->add_option("--reason", options.reason, say("What is wrong with it", "理由"));
    return command;
  }

  const CLI::App* resolve(DisputeOptions& options) {
    CLI::App* command = add("resolve", "Resolve a dispute: let the line stand, or correct it",
                            "处理争议:维持原账或更正", options.place);
    command->footer(
        "  xiaoyuan resolve my-village dispute/2026-10/H001/bought.tier1/1 \\\n"
        "    --correct 3.20 --with grid --reason \"read again\"");
    command->add_option("dispute", options.statement, say("Its key", "争议编号"))->required();
    command->add_option("--correct", options.correction,
                        say("Yuan that the holder gains (below zero: loses); none: it stands",
                            "更正金额(元),持有方多得为正、少得为负;不填则维持原账"));
    command->add_option(
        "--with", options.other,
        say("The other party of the correction: grid, C1, H002", "更正的对方:grid、C1、H002"));
    command->add_option("--reason", options.reason, say("How it ended", "处理结果"));
    return command;
  }

  const CLI::App* book(BookOptions& options) {
    CLI::App* command = add("book", "The book's head and balances; or the book as a file",
                            "账本摘要与余额,或导出账本文件", options.place);
    command->add_option("--out", options.out,
                        say("Write the book into this file, for `xiaoyuan verify`",
                            "将账本写入此文件,供 xiaoyuan verify 核验"));
    return command;
  }

  const CLI::App* backup(BackupOptions& options) {
    CLI::App* command = add("backup", "Write all that the village's store holds into one file",
                            "将村庄库中全部数据备份为一个文件", options.place);
    command->add_option("file", options.file, say("A new file", "新文件"))->required();
    return command;
  }

  const CLI::App* restore(BackupOptions& options) {
    CLI::App* command = add("restore", "Fill an empty store from a backup, checked whole",
                            "由备份恢复到空库,先整体校验", options.place);
    command->add_option("file", options.file, say("The backup", "备份文件"))->required();
    return command;
  }

 private:
  const char* say(const char* en, const char* zh) const {
    return language_ == Language::chinese ? zh : en;
  }
  CLI::App* add(const char* name, const char* en, const char* zh, OfficePlace& place) {
    CLI::App* command = app_.add_subcommand(name, say(en, zh));
    command->add_option("village", place.village, say("The village's folder", "村庄文件夹"))
        ->required();
    command->add_option(
        "--book", place.book,
        say("Where readings and book are kept: a file, or postgresql://…; "
            "village.db in the village's folder if left out",
            "读数与账本存放处:文件或 postgresql://…;缺省为村庄文件夹中的 village.db"));
    return command;
  }
  void month(CLI::App* command, std::string& month) {
    command->add_option("--month", month, say("2026-10", "月份,如 2026-10"))->required();
  }
  void threads(CLI::App* command, unsigned& threads) {
    command
        ->add_option("--threads", threads,
                     say("Threads; 0 is one for each core", "线程数;0 为每核一个"))
        ->check(CLI::Range(0, 256));
  }

  CLI::App& app_;
  Language language_;
};

}  // namespace

std::vector<Command> add_office(CLI::App& app, Language language, OfficeOptions& options) {
  OfficeWords words(app, language);
  OfficeOptions* o = &options;
  return {
      {words.import(o->import), [=] { return run_import(o->import, language); }},
      {words.settle(o->settle), [=] { return run_settle(o->settle, language); }},
      {words.statement(o->statement), [=] { return run_statement(o->statement, language); }},
      {words.explain(o->explain), [=] { return run_explain(o->explain, language); }},
      {words.review(o->review), [=] { return run_review(o->review, language); }},
      {words.reconcile(o->reconcile), [=] { return run_reconcile(o->reconcile, language); }},
      {words.verify(o->verify), [=] { return run_verify(o->verify, language); }},
      {words.dispute(o->dispute), [=] { return run_dispute(o->dispute, language); }},
      {words.resolve(o->resolve), [=] { return run_resolve(o->resolve, language); }},
      {words.book(o->book), [=] { return run_book(o->book, language); }},
      {words.backup(o->backup), [=] { return run_backup(o->backup, language); }},
      {words.restore(o->restore), [=] { return run_restore(o->restore, language); }},
  };
}

}  // namespace xiaoyuan::cli

#include "support/postgres_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <postgresql/libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

namespace xiaoyuan::test {

namespace fs = std::filesystem;

namespace {

const fs::path programs = "/usr/lib/postgresql/15/bin";

/// Who runs the server when we are root.
const passwd* other_user() {
  const passwd* found = ::getpwnam("postgres");
  return found ? found : ::getpwnam("nobody");
}

/// Starts a program in the folder as an unprivileged user; it is killed when we die.
int started(const fs::path& folder, const std::vector<std::string>& words) {
  const passwd* user = ::geteuid() == 0 ? other_user() : nullptr;
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  const std::string log = folder / "log";
  const int process = ::fork();
  if (process != 0) {
    return process;
  }
  if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 ||
               ::setuid(user->pw_uid) != 0)) {
    ::_exit(126);
  }
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, 1);
  ::dup2(out, 2);
  ::setsid();
  if (::chdir(folder.c_str()) == 0) {
    ::execv(arguments.front(), arguments.data());
  }
  ::_exit(127);
}

/// A query on a connection of its own; true when it was answered.
bool ask(const std::string& where, const std::string& sql) {
  PGconn* connection = PQconnectdb(where.c_str());
  bool done = PQstatus(connection) == CONNECTION_OK;
  if (done) {
    PGresult* result = PQexec(connection, sql.c_str());
    done = PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
  }
  PQfinish(connection);
  return done;
}

}  // namespace

std::unique_ptr<PostgresServer> PostgresServer::start() {
  std::error_code error;
  std::string name = (fs::temp_directory_path() / "xiaoyuan-pg-XXXXXX").string();
  if (!fs::exists(programs / "initdb", error) || !::mkdtemp(name.data())) {
    return nullptr;
  }
  std::unique_ptr<PostgresServer> server(new PostgresServer);
  server->folder_ = name;
  if (const passwd* user = other_user(); ::geteuid() == 0) {
    if (!user || ::chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) {
      return nullptr;
    }
  }
  const int made = started(name, {programs / "initdb", "-D", name + "/data", "-A", "trust", "-U",
                                  "xiaoyuan", "-E", "UTF8", "--no-locale", "--no-sync"});
  int status = 0;
  if (::waitpid(made, &status, 0) != made || status != 0) {
    return nullptr;
  }
  return server->start_again() ? std::move(server) : nullptr;
}

bool PostgresServer::start_again() {
  for (int i = 0; i < 600; ++i) {
    // A server that finds a process of the last one still at work gives up: we try again.
    if (process_ == 0 || ::waitpid(process_, nullptr, WNOHANG) == process_) {
      // Without fsync: what a killed process has written, the system still has. A cut of power is
      // tried on SQLite, where the test owns the disk.
      process_ =
          started(folder_, {programs / "postgres", "-D", folder_ / "data", "-k", folder_, "-c",
                            "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB"});
    }
    if (answers()) {
      return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

bool PostgresServer::answers() const {
  return ask("host=" + folder_.string() + " user=xiaoyuan dbname=postgres", "select 1");
}

std::string PostgresServer::where(const std::string& schema) const {
  const std::string base = "postgresql:///postgres?user=xiaoyuan&host=" + folder_.string();
  ask(base, "create schema if not exists " + schema);
  return base + "&options=-csearch_path%3D" + schema;
}

void PostgresServer::kill() {
  const std::string number = std::to_string(process_);
  std::ifstream children("/proc/" + number + "/task/" + number + "/children");
  ::kill(process_, SIGKILL);
  for (int child = 0; children >> child;) {
    ::kill(child, SIGKILL);
  }
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
}

void PostgresServer::kill_backend(const std::string& schema) const {
  PGconn* connection =
      PQconnectdb(("host=" + folder_.string() + " user=xiaoyuan dbname=postgres").c_str());
  PGresult* result = PQexec(
      connection, ("select l.pid from pg_locks l, pg_namespace n where l.locktype = 'advisory' and "
                   "n.nspname = '" +
                   schema + "' and l.granted limit 1")
                      .c_str());
  if (PQntuples(result) == 1) {
    ::kill(std::stoi(PQgetvalue(result, 0, 0)), SIGKILL);
  }
  PQclear(result);
  PQfinish(connection);
}

PostgresServer::~PostgresServer() {
  if (process_ > 0) {
    ::kill(process_, SIGQUIT);
    ::waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

PostgresServer* postgres_server() {
  static const std::unique_ptr<PostgresServer> server = PostgresServer::start();
  return server.get();
}

}  // namespace xiaoyuan::test

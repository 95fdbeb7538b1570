#include "http/loop.hpp"

// Boost 1.74's Asio forgets this one in C++20.
#include <utility>
// Callbacks alone: the headers of coroutines stay out.
#define BOOST_ASIO_DISABLE_CO_AWAIT
#include <fmt/format.h>

#include <array>
#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <tuple>
#include <unordered_set>

#include "http/date.hpp"
#include "http/encode.hpp"
#include "http/events.hpp"
#include "http/head.hpp"

namespace xiaoyuan::http {
namespace {

namespace asio = boost::asio;
using Code = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
using TlsStream = asio::ssl::stream<Socket&>;

}  // namespace

class Connection;

/// All but `context` is the thread's alone.
struct Loop::Machine {
  explicit Machine(std::shared_ptr<Shared> its_shared) : shared(std::move(its_shared)) {
    if (shared->tls) {
      SSL_CTX_up_ref(shared->tls.get());
      tls.emplace(shared->tls.get());
    }
  }

  std::shared_ptr<Shared> shared;
  std::optional<asio::ssl::context> tls{};
  asio::io_context context{1};
  asio::executor_work_guard<Executor> work{context.get_executor()};
  Timer ticking{context};
  std::unordered_set<std::shared_ptr<Connection>> connections{};
  bool stopping = false;
  std::optional<Acceptor> acceptor{};
  Timer pause{context};
  std::size_t turn = 0;

  void tick(std::chrono::milliseconds period);
  void stop();
  void abandon();
  void let_go(const std::shared_ptr<Connection>& connection);
  void accept(const std::vector<std::weak_ptr<Machine>>& machines);
  void hand_over(const std::shared_ptr<Machine>& to, Socket socket) const;
};

/// A session and its socket. Lives on one loop; its pending reads and writes hold it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Loop::Machine> loop, Socket socket, Peer peer, Neighbours::Place place)
      : loop_(std::move(loop)),
        place_(std::move(place)),
        socket_(std::move(socket)),
        session_(loop_->shared->rules, std::move(peer)) {
    if (loop_->tls) {
      tls_.emplace(socket_, *loop_->tls);
    }
  }

  void begin();
  void answer(std::uint64_t number, const Response& response);
  void pump();
  bool is_due(Clock::time_point now) const;
  void expire();
  void stop() {
    is_open_ ? session_.stop() : session_.lose();
    pump();
  }
  void close();

 private:
  void hand(Request request);
  void read();
  void write();
  void finish();
  void note_time();
  void lose() {
    is_lost_ = true;
    session_.lose();
  }
  template <class Use>
  void with_stream(Use use) {
    tls_ ? use(*tls_) : use(socket_);
  }

  std::shared_ptr<Loop::Machine> loop_;
  Neighbours::Place place_;
  Socket socket_;
  std::optional<TlsStream> tls_{};
  Session session_;
  bool is_open_ = false;  // TLS's handshake is done
  bool is_pumping_ = false;
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool is_lost_ = false;
  bool is_shutting_ = false;
  bool is_half_closed_ = false;
  bool is_closed_ = false;
  std::uint64_t writes_ = 0;

  std::tuple<Phase, std::uint64_t, std::uint64_t> mark_{};  // with `since_`: what lasts how long
  Clock::time_point since_ = Clock::now();
};

/// The way back of one answer. It does not hold the connection: a lost one is let go at once.
struct Slot {
  std::weak_ptr<Connection> connection;
  std::shared_ptr<Loop::Machine> loop;
  std::uint64_t number = 0;
  Takes takes = Takes::plain;
  std::atomic<bool> is_used = false;

  Slot(std::weak_ptr<Connection> its_connection, std::shared_ptr<Loop::Machine> its_loop)
      : connection(std::move(its_connection)), loop(std::move(its_loop)) {}
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot() {
    if (!is_used) {
      give(refusal(500));
    }
  }
  void give(Response response) {
    if (is_used.exchange(true)) {
      return;
    }
    expect_sound(response);
    encode(response, takes);
    if (loop->context.get_executor().running_in_this_thread()) {
      if (const auto held = connection.lock()) {
        held->answer(number, response);
      }
      return;
    }
    asio::post(loop->context, [to = connection, about = number, response = std::move(response)] {
      if (const auto held = to.lock()) {
        held->answer(about, response);
      }
    });
  }
};

void Connection::begin() {
  loop_->shared->open.fetch_add(1, std::memory_order_relaxed);
  loop_->shared->ever.fetch_add(1, std::memory_order_relaxed);
  loop_->connections.insert(shared_from_this());
  if (!tls_) {
    is_open_ = true;
    pump();
    return;
  }
  tls_->async_handshake(asio::ssl::stream_base::server,
                        [self = shared_from_this()](const Code& error) {
                          if (error) {
                            self->lose();
                          } else {
                            self->is_open_ = true;
                          }
                          self->pump();
                        });
}

/// Does what can be done now: requests to the handler, bytes out, bytes in, the end.
void Connection::pump() {
  if (is_pumping_ || is_closed_) {
    return;
  }
  is_pumping_ = true;
  if (is_open_) {
    const std::uint64_t refused_before = session_.refused();
    while (auto request = session_.next()) {
      hand(std::move(*request));
    }
    if (session_.refused() != refused_before) {
      loop_->shared->refused.fetch_add(1, std::memory_order_relaxed);
    }
    write();
    read();
  }
  is_pumping_ = false;
  note_time();
  if (session_.phase() == Phase::over) {
    finish();
  } else if (session_.phase() == Phase::lingering && !tls_ &&
             !std::exchange(is_half_closed_, true)) {
    Code ignored;
    std::ignore = socket_.shutdown(Socket::shutdown_send, ignored);
  }
}

void Connection::hand(Request request) {
  loop_->shared->requests.fetch_add(1, std::memory_order_relaxed);
  const auto slot = std::make_shared<Slot>(weak_from_this(), loop_);
  slot->number = session_.number();
  slot->takes = takes_gzip(request.header("Accept-Encoding")) ? Takes::gzip : Takes::plain;
  try {
    loop_->shared->handler(std::move(request),
                           [slot](Response response) { slot->give(std::move(response)); });
  } catch (...) {  // memory that is not there, say
    slot->give(refusal(500));
  }
}

void Connection::answer(std::uint64_t number, const Response& response) {
  session_.answer(number, response);
  if (session_.events()) {
    session_.events()->on_news([to = weak_from_this(), loop = loop_] {
      asio::post(loop->context, [to] {
        if (const auto held = to.lock()) {
          held->pump();
        }
      });
    });
  }
  pump();
}

void Connection::read() {
  if (is_reading_) {
    return;
  }
  const std::span<char> room = session_.room();
  if (room.empty()) {
    return;
  }
  is_reading_ = true;
  with_stream([&](auto& stream) {
    stream.async_read_some(
        asio::mutable_buffer{room.data(), room.size()},
        [self = shared_from_this()](const Code& error, std::size_t size) {
          self->is_reading_ = false;
          if (!error) {
            self->session_.received(size);
          } else if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) {
            self->session_.ended();
          } else {
            self->lose();
          }
          self->pump();
        });
  });
}

void Connection::write() {
  if (is_writing_) {
    return;
  }
  const Session::Piece piece = session_.piece();
  if (piece.first.empty() && piece.second.empty()) {
    return;
  }
  is_writing_ = true;
  ++writes_;
  const std::array<asio::const_buffer, 2> buffers = {
      asio::const_buffer{piece.first.data(), piece.first.size()},
      asio::const_buffer{piece.second.data(), piece.second.size()}};
  with_stream([&](auto& stream) {
    asio::async_write(stream, buffers, [self = shared_from_this()](const Code& error, std::size_t) {
      self->is_writing_ = false;
      if (error) {
        self->lose();
      } else {
        self->session_.sent();
      }
      self->pump();
    });
  });
}

/// Says goodbye over TLS, so that the other end knows it has all; then closes.
void Connection::finish() {
  if (!tls_ || !is_open_ || is_lost_) {
    close();
    return;
  }
  if (is_shutting_) {
    return;
  }
  if (is_reading_ || is_writing_) {
    Code ignored;
    std::ignore = socket_.cancel(ignored);  // their ends call pump again
    return;
  }
  is_shutting_ = true;
  tls_->async_shutdown([self = shared_from_this()](const Code&) { self->close(); });
}

void Connection::close() {
  if (std::exchange(is_closed_, true)) {
    return;
  }
  session_.lose();
  Code ignored;
  std::ignore = socket_.close(ignored);
  loop_->shared->open.fetch_sub(1, std::memory_order_relaxed);
  loop_->let_go(shared_from_this());
}

void Connection::note_time() {
  if (const std::tuple mark{session_.phase(), session_.number(), writes_}; mark != mark_) {
    mark_ = mark;
    since_ = Clock::now();
  }
}

bool Connection::is_due(Clock::time_point now) const {
  const auto allowed =
      session_.phase() == Phase::over ? loop_->shared->rules.limits.linger : session_.allowed();
  return allowed && now - since_ >= *allowed;
}

void Connection::expire() {
  if (session_.phase() == Phase::over) {
    close();
    return;
  }
  since_ = Clock::now();
  session_.expire();
  pump();
}

void Loop::Machine::let_go(const std::shared_ptr<Connection>& connection) {
  connections.erase(connection);
  if (stopping && connections.empty()) {
    ticking.cancel();
  }
}

void Loop::Machine::tick(std::chrono::milliseconds period) {
  ticking.expires_after(period);
  ticking.async_wait([this, period](const Code& error) {
    if (error) {
      return;
    }
    const Clock::time_point now = Clock::now();
    std::vector<std::shared_ptr<Connection>> due;
    for (const auto& connection : connections) {
      if (connection->is_due(now)) {
        due.push_back(connection);
      }
    }
    for (const auto& connection : due) {
      connection->expire();
    }
    if (!stopping || !connections.empty()) {
      tick(period);
    }
  });
}

void Loop::Machine::stop() {
  stopping = true;
  work.reset();
  if (acceptor) {
    Code ignored;
    std::ignore = acceptor->close(ignored);
    pause.cancel();
  }
  const std::vector all(connections.begin(), connections.end());
  for (const auto& connection : all) {
    connection->stop();
  }
  if (connections.empty()) {
    ticking.cancel();
  }
}

void Loop::Machine::abandon() {
  const std::vector all(connections.begin(), connections.end());
  for (const auto& connection : all) {
    connection->close();
  }
}
void Loop::Machine::accept(const std::vector<std::weak_ptr<Machine>>& machines) {
  const auto to = machines[turn++ % machines.size()].lock();
  if (!to) {
    return;
  }
  acceptor->async_accept(to->context, [this, to, machines](const Code& error, Socket socket) {
    if (stopping) {
      return;
    }
    if (!error) {
      hand_over(to, std::move(socket));
      accept(machines);
      return;
    }
    // No descriptor is left, most likely: those who go will make room.
    pause.expires_after(std::chrono::milliseconds{50});
    pause.async_wait([this, machines](const Code& stopped) {
      if (!stopped) {
        accept(machines);
      }
    });
  });
}

void Loop::Machine::hand_over(const std::shared_ptr<Machine>& to, Socket socket) const {
  Code ignored;
  auto address = socket.remote_endpoint(ignored).address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  Peer peer{.address = address.to_string(), .secure = tls.has_value()};
  auto place = shared->neighbours.take(peer.address, shared->rules);
  if (!place || shared->open >= shared->rules.limits.connections) {
    shared->refused.fetch_add(1, std::memory_order_relaxed);
    if (!tls) {
      const std::string bytes = refusal_bytes(503, http_date_now());
      std::ignore = socket.non_blocking(true, ignored);
      std::ignore = socket.write_some(asio::buffer(bytes), ignored);
    }
    return;
  }
  std::ignore = socket.set_option(asio::ip::tcp::no_delay{true}, ignored);
  // The socket waits in its own loop's queue, which must not hold the loop.
  asio::post(to->context, [weak = std::weak_ptr{to}, socket = std::move(socket),
                           peer = std::move(peer), place = std::move(place)]() mutable {
    if (auto held = weak.lock(); held && !held->stopping) {
      std::make_shared<Connection>(std::move(held), std::move(socket), std::move(peer),
                                   std::move(place))
          ->begin();
    }
  });
}

Loop::Loop(std::shared_ptr<Shared> shared)
    : machine_(std::make_shared<Machine>(std::move(shared))) {}

Result<std::uint16_t> Loop::listen(const std::string& address, std::uint16_t port) const {
  Code error;
  const auto host = asio::ip::make_address(address, error);
  if (error) {
    return fail(Fault::bad_input,
                {fmt::format("expected an IPv4 or IPv6 address in figures, found {}", address),
                 fmt::format("应为数字形式的 IPv4 或 IPv6 地址,实际为 {}", address)});
  }
  const asio::ip::tcp::endpoint place{host, port};
  Acceptor acceptor{machine_->context};
  if (acceptor.open(place.protocol(), error) ||
      acceptor.set_option(Acceptor::reuse_address{true}, error) || acceptor.bind(place, error) ||
      acceptor.listen(Acceptor::max_listen_connections, error)) {
    const bool is_taken = error == asio::error::address_in_use;
    return fail(is_taken ? Fault::conflict : Fault::unwritable,
                {fmt::format("cannot listen on {} port {}: {}", address, port, error.message()),
                 fmt::format("无法在 {} 端口 {} 上监听:{}", address, port,
                             is_taken ? "端口已被占用" : error.message())});
  }
  const std::uint16_t taken = acceptor.local_endpoint().port();
  machine_->acceptor.emplace(std::move(acceptor));
  return taken;
}

void Loop::accept(const std::vector<Loop>& loops) const {
  std::vector<std::weak_ptr<Machine>> machines;
  for (const Loop& loop : loops) {
    machines.push_back(loop.machine_);
  }
  machine_->accept(machines);
}

void Loop::run() const {
  machine_->tick(look_every(machine_->shared->rules.limits));
  machine_->context.run();
}

void Loop::stop() const {
  asio::post(machine_->context, [machine = machine_.get()] { machine->stop(); });
}

void Loop::abandon() const {
  asio::post(machine_->context, [machine = machine_.get()] { machine->abandon(); });
}

}  // namespace xiaoyuan::http

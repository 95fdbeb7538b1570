// TLS for the server, by OpenSSL: which versions and ciphers, the certificate and its key.
#pragma once
#include <memory>

#include "base/error.hpp"
#include "http/server.hpp"

struct ssl_ctx_st;

namespace xiaoyuan::http {

struct FreeTlsContext {
  void operator()(ssl_ctx_st* context) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, FreeTlsContext>;

/// TLS 1.2 with forward secrecy and authenticated ciphers, TLS 1.3; HTTP/1.1 by ALPN; neither
/// renegotiation nor compression. Errors: a file that does not read, a key of another certificate.
Result<TlsContext> tls_context(const Tls& tls);

}  // namespace xiaoyuan::http

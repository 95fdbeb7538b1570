#include "http/tls.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>

#include "base/check.hpp"

namespace xiaoyuan::http {
namespace {

std::string openssl_reason() {
  const char* const words = ERR_reason_error_string(ERR_peek_last_error());
  std::string reason = words ? words : "?";
  ERR_clear_error();
  return reason;
}

/// Takes HTTP/1.1 where the other end offers protocols; no common one ends the handshake.
// NOLINTNEXTLINE(readability-function-size): OpenSSL's signature
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned size, void*) {
  static constexpr std::array<unsigned char, 9> ours = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, chosen_size, ours.data(), ours.size(), offered, size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

void FreeTlsContext::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

Result<TlsContext> tls_context(const Tls& tls) {
  TlsContext context{SSL_CTX_new(TLS_server_method())};
  expects(context != nullptr);
  SSL_CTX* const raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);  // an idle connection holds less
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  expects(SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1);
  SSL_CTX_set_alpn_select_cb(raw, &choose_protocol, nullptr);
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(raw, tls.certificate_file.c_str()) != 1) {
    const std::string reason = openssl_reason();
    return fail(
        Fault::unreadable,
        {fmt::format("expected a certificate with its chain in PEM, OpenSSL says: {}", reason),
         fmt::format("应为 PEM 格式的证书(含证书链),OpenSSL 提示:{}", reason)},
        {tls.certificate_file, 0, ""});
  }
  if (SSL_CTX_use_PrivateKey_file(raw, tls.key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(raw) != 1) {
    const std::string reason = openssl_reason();
    return fail(
        Fault::unreadable,
        {fmt::format("expected the private key of {} in PEM, without a password; OpenSSL says: {}",
                     tls.certificate_file, reason),
         fmt::format("应为与证书 {} 配对的 PEM 格式私钥(无口令),OpenSSL 提示:{}",
                     tls.certificate_file, reason)},
        {tls.key_file, 0, ""});
  }
  return context;
}

}  // namespace xiaoyuan::http

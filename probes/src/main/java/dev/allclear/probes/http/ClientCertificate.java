package dev.allclear.probes.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// What is shown to servers that ask for a certificate, if there is something; that they asked is
/// noted. Any thread.
record ClientCertificate(@Nullable X509KeyManager keys, @Nullable Demand demand)
    implements X509KeyManager {

  static final ClientCertificate NONE = new ClientCertificate(null, null);

  /// The same, for a handshake on whatever thread.
  ClientCertificate telling(Demand told) {
    return new ClientCertificate(keys, told);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    String alias = keys == null ? null : keys.chooseClientAlias(types, issuers, socket);
    Demand.made(demand, issuers, keys != null, alias != null);
    return alias;
  }

  @Override
  public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
    return keys == null ? null : keys.getClientAliases(type, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return keys == null ? null : keys.getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return keys == null ? null : keys.getPrivateKey(alias);
  }

  @Override
  public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}

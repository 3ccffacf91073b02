package dev.allclear.probes.wire;

import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/// How connections to one host are secured. Any thread.
public interface HttpSecurity {
  /// A client's end of one connection, that resumes no session.
  SSLEngine engine(int port, List<String> protocols);

  /// After the handshake.
  ///
  /// @throws SSLException if the certificate is for another host
  void verify(SSLSession session) throws SSLException;
}

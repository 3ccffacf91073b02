package dev.allclear.agent.outside;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.xbill.DNS.Message;

/// Asks the encrypted ports of a cache on loopback, whose certificate it trusts.
record Trusted(SSLContext context) {
  static Trusted by(Path certificate) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      store.setCertificateEntry("cache", x509.generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return new Trusted(context);
  }

  /// RFC 7858.
  Heard overTls(int port, String name, int type) throws IOException {
    byte[] question = Heard.question(name, type).toWire();
    Instant sent = Instant.now();
    try (Socket socket =
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        DataInputStream in = new DataInputStream(socket.getInputStream())) {
      ByteBuffer framed = ByteBuffer.allocate(question.length + 2);
      framed.putShort((short) question.length).put(question);
      socket.getOutputStream().write(framed.array());
      byte[] answer = in.readNBytes(in.readUnsignedShort());
      return new Heard(sent, Instant.now(), new Message(answer));
    }
  }

  /// RFC 8484, with POST.
  Heard overHttps(int port, String name, int type) throws IOException, InterruptedException {
    byte[] question = Heard.question(name, type).toWire();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:%d/dns-query".formatted(port)))
            .header("Content-Type", "application/dns-message")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question))
            .build();
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      Instant sent = Instant.now();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Heard(sent, Instant.now(), new Message(answer.body()));
    }
  }
}

package dev.allclear.probes.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Sockets that count what they take in, and with TCP_NODELAY, which OkHttp does not set: without
/// it every new TLS connection waits some 40 ms for the server's delayed acknowledgement.
final class Sockets extends SocketFactory {

  private final Intake intake;

  Sockets(Intake intake) {
    this.intake = intake;
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Metered(intake);
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw connected();
  }

  private static UnsupportedOperationException connected() {
    return new UnsupportedOperationException("OkHttp connects by itself");
  }

  private static final class Metered extends Socket {
    private final Intake intake;

    Metered(Intake intake) {
      this.intake = intake;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new Counted(super.getInputStream(), intake);
    }
  }

  private static final class Counted extends FilterInputStream {
    private final Intake intake;

    Counted(InputStream in, Intake intake) {
      super(in);
      this.intake = intake;
    }

    @Override
    public int read() throws IOException {
      var _ = intake.ask(1);
      int octet = in.read();
      intake.take(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, intake.ask(length));
      intake.take(count);
      return count;
    }
  }
}

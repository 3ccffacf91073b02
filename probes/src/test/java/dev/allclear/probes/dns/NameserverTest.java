package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.dns.Nameserver.Answer;
import dev.allclear.probes.dns.Nameserver.Resource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class NameserverTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Answer ONE =
      new Answer(
          "NOERROR",
          true,
          List.of(new Resource("shop.test", "A", Duration.ofSeconds(5), "192.0.2.1")));

  @Test
  void answersOverUdpWithTheQuestionsCaseAndFlags() throws IOException {
    try (Nameserver server = Nameserver.start(ANY_PORT, _ -> ONE)) {
      Message query = query("ShOp.TeSt.", Type.A);
      Message reply = overUdp(server, query);
      assertEquals(query.getHeader().getID(), reply.getHeader().getID());
      assertEquals("ShOp.TeSt.", reply.getQuestion().getName().toString());
      assertTrue(reply.getHeader().getFlag(Flags.AA));
      assertTrue(reply.getHeader().getFlag(Flags.RD));
      assertFalse(reply.getHeader().getFlag(Flags.RA));
      assertNull(reply.getOPT());
      Record record = reply.getSection(Section.ANSWER).getFirst();
      assertEquals("192.0.2.1", record.rdataToString());
      assertEquals(5, record.getTTL());
    }
  }

  @Test
  void echoesEdns() throws IOException {
    try (Nameserver server = Nameserver.start(ANY_PORT, _ -> ONE)) {
      Message query = query("shop.test.", Type.A);
      query.addRecord(Codec.edns(), Section.ADDITIONAL);
      assertNotNull(overUdp(server, query).getOPT());
    }
  }

  @Test
  void tellsTheHandlerTheCanonicalName() throws IOException {
    List<Question> asked = new ArrayList<>();
    Nameserver.Handler handler =
        question -> {
          asked.add(question);
          return ONE;
        };
    try (Nameserver server = Nameserver.start(ANY_PORT, handler)) {
      overUdp(server, query("ShOp.TeSt.", Type.AAAA));
      assertEquals(List.of(new Question("shop.test", "AAAA")), asked);
    }
  }

  @Test
  void truncatesWhatDoesNotFitAndGivesItOverTcp() throws IOException {
    List<Resource> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(new Resource("shop.test", "A", Duration.ofSeconds(5), "192.0.2." + i));
    }
    try (Nameserver server = Nameserver.start(ANY_PORT, _ -> new Answer("NOERROR", false, many))) {
      Message cut = overUdp(server, query("shop.test.", Type.A));
      assertTrue(cut.getHeader().getFlag(Flags.TC));
      Message whole = overTcp(server, query("shop.test.", Type.A));
      assertFalse(whole.getHeader().getFlag(Flags.TC));
      assertTrue(whole.getHeader().getFlag(Flags.RA));
      assertEquals(100, whole.getSection(Section.ANSWER).size());
    }
  }

  @Test
  void putsTheSoaOfANegativeAnswerIntoTheAuthoritySection() throws IOException {
    Resource soa =
        new Resource("test", "SOA", Duration.ofSeconds(10), "ns1.test. admin.test. 1 15 5 60 10");
    try (Nameserver server =
        Nameserver.start(ANY_PORT, _ -> new Answer("NXDOMAIN", true, List.of(soa)))) {
      Message reply = overUdp(server, query("gone.test.", Type.A));
      assertEquals(Rcode.NXDOMAIN, reply.getRcode());
      assertEquals(0, reply.getSection(Section.ANSWER).size());
      assertEquals(1, reply.getSection(Section.AUTHORITY).size());
    }
  }

  @Test
  void answersOthersWhileAHandlerHangsOrDrops() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    Nameserver.Handler handler =
        question -> {
          switch (question.name()) {
            case "hangs.test" -> await(never);
            case "drops.test" -> {
              return null;
            }
          }
          return ONE;
        };
    try (Nameserver server = Nameserver.start(ANY_PORT, handler);
        DatagramSocket socket = new DatagramSocket()) {
      send(socket, server, query("hangs.test.", Type.A).toWire());
      send(socket, server, query("drops.test.", Type.A).toWire());
      send(socket, server, new byte[] {1, 2, 3});
      send(socket, server, new byte[0]);
      Message query = query("shop.test.", Type.A);
      send(socket, server, query.toWire());
      assertEquals(query.getHeader().getID(), receive(socket).getHeader().getID());
    }
  }

  @Test
  void refusesWhatItDoesNotKnowAndSurvivesAFailingHandler() throws IOException {
    Nameserver.Handler handler =
        _ -> new Answer("NOERROR", true, List.of(new Resource("a", "A", Duration.ZERO, "x")));
    try (Nameserver server = Nameserver.start(ANY_PORT, handler)) {
      assertEquals(Rcode.SERVFAIL, overUdp(server, query("shop.test.", Type.A)).getRcode());
      assertEquals(Rcode.NOTIMP, overUdp(server, query("shop.test.", Type.NAPTR)).getRcode());
      Message update = query("shop.test.", Type.SOA);
      update.getHeader().setOpcode(Opcode.UPDATE);
      assertEquals(Rcode.NOTIMP, overUdp(server, update).getRcode());
    }
  }

  @Test
  void answersSeveralQuestionsOfOneConnection() throws IOException {
    try (Nameserver server = Nameserver.start(ANY_PORT, _ -> ONE);
        Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      for (int i = 0; i < 3; i++) {
        Message query = query("shop.test.", Type.A);
        assertEquals(query.getHeader().getID(), exchange(socket, query).getHeader().getID());
      }
    }
  }

  @Test
  void closingFreesThePortAndEndsConnections() throws IOException {
    Nameserver server = Nameserver.start(ANY_PORT, _ -> ONE);
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      exchange(socket, query("shop.test.", Type.A));
      server.close();
      assertThrows(IOException.class, () -> exchange(socket, query("shop.test.", Type.A)));
    }
    try (Nameserver again = Nameserver.start(server.address(), _ -> ONE)) {
      assertEquals(server.address(), again.address());
      assertThrows(IOException.class, () -> Nameserver.start(again.address(), _ -> ONE).close());
    }
  }

  private static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
  }

  private static Message overUdp(Nameserver server, Message query) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      send(socket, server, query.toWire());
      return receive(socket);
    }
  }

  private static void send(DatagramSocket socket, Nameserver server, byte[] packet)
      throws IOException {
    socket.send(new DatagramPacket(packet, packet.length, server.address()));
  }

  private static Message receive(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(10_000);
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    socket.receive(packet);
    return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
  }

  private static Message overTcp(Nameserver server, Message query) throws IOException {
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      return exchange(socket, query);
    }
  }

  private static Message exchange(Socket socket, Message query) throws IOException {
    byte[] packet = query.toWire();
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeShort(packet.length);
    out.write(packet);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return new Message(in.readNBytes(in.readUnsignedShort()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

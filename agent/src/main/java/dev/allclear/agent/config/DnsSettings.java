package dev.allclear.agent.config;

import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import java.time.Duration;
import java.util.List;

/// A question, whom to ask, and which records are expected; none expects only that all agree.
public record DnsSettings(
    Question question,
    List<Server> servers,
    List<String> expect,
    Duration every,
    Duration timeout) {
  public DnsSettings {
    servers = List.copyOf(servers);
    expect = List.copyOf(expect);
  }
}

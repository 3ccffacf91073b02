package dev.allclear.agent.outside;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Real authorities and real caches on loopback, each in a numbered folder of the lab's own.
/// Closing ends them all.
final class DnsLab implements Closeable {
  private final Path folder;
  private final Deque<Closeable> parts = new ArrayDeque<>();

  DnsLab(Path folder) {
    this.folder = folder;
  }

  /// A Knot, with settings of its zone in its own words.
  Authority authority(String zone, String... options) throws IOException, InterruptedException {
    return with(Authority.start(next("knot"), zone, options));
  }

  /// A Knot that is the root of what a cache walks down.
  Authority root(String zone, String... options) throws IOException, InterruptedException {
    return with(Authority.root(next("root"), zone, options));
  }

  /// The same, which is also the parent `test` of the zone.
  Authority parent(String root, String zone) throws IOException, InterruptedException {
    return with(Authority.parent(next("parent"), root, zone));
  }

  /// A Knot with a zone whose signatures were good only until 2020.
  Authority expired(String zone) throws IOException, InterruptedException {
    return with(Authority.expired(next("expired"), zone));
  }

  /// An NSD that copies another authority as seldom as the SOA says.
  Authority lagging(Authority primary) throws IOException, InterruptedException {
    return with(Authority.lagging(next("nsd"), primary));
  }

  /// The authority that misbehaves.
  Misbehaving misbehaving() throws IOException, InterruptedException {
    return with(Misbehaving.start(next("script")));
  }

  /// A cache in front of authorities, with settings in its software's own words.
  Cache cache(Software software, Authority authority, String... options)
      throws IOException, InterruptedException {
    return cache(software, new int[] {authority.port()}, options);
  }

  /// A cache in front of anything with a port: several authorities, or caches.
  Cache cache(Software software, int[] upstreams, String... options)
      throws IOException, InterruptedException {
    return with(
        Cache.start(
            next(software.word), software, Arrays.stream(upstreams).boxed().toList(), options));
  }

  /// A BIND that begins at the root; at [Cache#REFERRED] are first the root, then the others.
  Cache iterating(List<Authority> authorities, String... options)
      throws IOException, InterruptedException {
    return with(Cache.iterating(next("iterating"), authorities, options));
  }

  /// What stands between a prober and a cache, and logs what the cache is asked.
  Tap front(Cache cache) throws IOException {
    return with(Tap.open(cache.port()));
  }

  Users users(Cache cache, String name, int type, Duration every) {
    return with(Users.start(cache.port(), name, type, every));
  }

  private Path next(String name) {
    return folder.resolve(name + "-" + parts.size());
  }

  private <T extends Closeable> T with(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() throws IOException {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}

"""authority.py PORT: an authority for fo.test that misbehaves as the file `mode` beside it says, read for every query.

answer TTL ADDRESS    every A is ADDRESS
truncate TTL ADDRESS  the same, but over UDP TC=1 and nothing else
ecs TTL SCOPE NET     every A is NET.X of a client subnet 192.0.X.0, valid for that SCOPE; X is 0 without one
servfail              SERVFAIL
drop                  silence
"""

import socketserver
import struct
import sys
import threading

A, SOA, OPT, SUBNET = 1, 6, 41, 8
NOERROR, SERVFAIL = 0, 2
AUTHORITATIVE, TRUNCATED, RECURSION_DESIRED = 0x0400, 0x0200, 0x0100
ZONE = b"\x02fo\x04test\x00"


class Query:
    """One question, at most one OPT record; names in it are not compressed."""

    def __init__(self, packet):
        self.id, self.flags, _, answers, authorities, self.additional = struct.unpack("!6H", packet[:12])
        end = 12
        while packet[end]:
            end += 1 + packet[end]
        self.question = packet[12 : end + 5]
        (self.type,) = struct.unpack("!H", packet[end + 1 : end + 3])
        self.subnet = self.find_subnet(packet[end + 5 :])

    def find_subnet(self, records):
        if len(records) < 11 or records[0] or struct.unpack("!H", records[1:3])[0] != OPT:
            return None
        options = records[11:]
        while len(options) >= 4:
            code, length = struct.unpack("!HH", options[:4])
            if code == SUBNET:
                return options[4 : 4 + length]
            options = options[4 + length :]
        return None


def record(owner, kind, ttl, data):
    return owner + struct.pack("!HHIH", kind, 1, ttl, len(data)) + data


def message(query, rcode, flags=0, answer=b"", authority=b"", scope=None):
    options = b""
    if query.subnet and scope is not None:
        echoed = query.subnet[:3] + bytes([scope]) + query.subnet[4:]
        options = struct.pack("!HH", SUBNET, len(echoed)) + echoed
    opt = b""
    if query.additional:
        opt = b"\x00" + struct.pack("!HHIH", OPT, 1232, 0, len(options)) + options
    flags |= 0x8000 | AUTHORITATIVE | query.flags & RECURSION_DESIRED | rcode
    counts = struct.pack("!6H", query.id, flags, 1, bool(answer), bool(authority), bool(opt))
    return counts + query.question + answer + authority + opt


def address(query, ttl, text):
    data = bytes(int(part) for part in text.split("."))
    return record(b"\xc0\x0c", A, int(ttl), data)


def reply(packet, over_udp):
    query = Query(packet)
    with open("mode", encoding="ascii") as file:
        mode, *values = file.read().split()
    if mode == "drop":
        return None
    if mode == "servfail":
        return message(query, SERVFAIL)
    if mode == "truncate" and over_udp:
        return message(query, NOERROR, TRUNCATED)
    if query.type != A:
        timers = struct.pack("!5I", 1, 15, 5, 86400, 20)
        return message(query, NOERROR, authority=record(ZONE, SOA, 300, ZONE + ZONE + timers), scope=0)
    if mode == "ecs":
        ttl, scope, net = values
        client = query.subnet[6] if query.subnet and len(query.subnet) > 6 else 0
        return message(query, NOERROR, answer=address(query, ttl, f"{net}.{client}"), scope=int(scope))
    return message(query, NOERROR, answer=address(query, *values), scope=0)


class OverUdp(socketserver.BaseRequestHandler):
    def handle(self):
        packet, channel = self.request
        answer = reply(packet, True)
        if answer:
            channel.sendto(answer, self.client_address)


class OverTcp(socketserver.StreamRequestHandler):
    def handle(self):
        while length := self.rfile.read(2):
            answer = reply(self.rfile.read(struct.unpack("!H", length)[0]), False)
            if answer:
                self.wfile.write(struct.pack("!H", len(answer)) + answer)


class Streams(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    at = ("127.0.0.1", int(sys.argv[1]))
    threading.Thread(target=Streams(at, OverTcp).serve_forever, daemon=True).start()
    socketserver.UDPServer(at, OverUdp).serve_forever()

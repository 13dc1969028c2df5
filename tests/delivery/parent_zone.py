"""A parent DNS zone for tests: a real server, real packets, on this machine."""

import socket
import threading

import dns.message
import dns.resolver
import dns.rrset


class ParentZone:
    """A DNS server on loopback that delegates `zone` once it was asked `after` times.

    servers: called for the names that it delegates to.
    """

    def __init__(self, zone, *, servers, after=0):
        self.zone, self.servers, self.after, self.asked = zone, servers, after, 0
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._answer, daemon=True)
        self.thread.start()

    def _answer(self):
        while True:
            try:
                query, client = self.socket.recvfrom(4096)
            except OSError:
                return
            if not query:
                return
            question = dns.message.from_wire(query)
            answer = dns.message.make_response(question)
            self.asked += 1
            servers = [f"{name.rstrip('.')}." for name in self.servers()]
            if self.asked > self.after and servers:
                name = f"{self.zone}."
                answer.answer.append(dns.rrset.from_text(name, 300, "IN", "NS", *servers))
            self.socket.sendto(answer.to_wire(), client)

    def resolver(self):
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = self.socket.getsockname()[1]
        return resolver

    def close(self):
        port = self.socket.getsockname()[1]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", port))
        self.thread.join(5)
        self.socket.close()

"""Which network addresses a crawler may reach. Names are resolved elsewhere; here are only numbers."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# IANA's special-purpose registries, written out: `is_global` changed its mind between releases of Python 3.11 to 3.13.
_PRIVATE = tuple(
    ip_network(network)
    for network in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "::1/128",
        "fc00::/7",
    )
)
_SPECIAL = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_IPV6_IN_USE = ip_network("2000::/3")
_MAPPED = ip_network("::ffff:0:0/96")


def may_reach(address: str, *, local: bool) -> bool:
    """Whether this number may be connected to.

    Anyone may reach a public address. A local source may reach private, loopback and CGNAT networks too, but nobody
    the link-local ones (where clouds keep their credentials), multicast, unspecified and reserved ones, nor tunnels
    (6to4, Teredo, NAT64), which can carry any of these. An IPv4 address in IPv6 dress counts as what it is.

    >>> may_reach("203.162.0.181", local=False), may_reach("127.0.0.1", local=False), may_reach("::ffff:10.0.0.1", local=False)
    (True, False, False)
    >>> may_reach("127.0.0.1", local=True), may_reach("169.254.169.254", local=True)
    (True, False)
    """
    try:
        number: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv6Address):
        if number.scope_id is not None:
            return False
        if number in _MAPPED:
            number = IPv4Address(int(number) & 0xFFFFFFFF)
    if any(number in network for network in _PRIVATE):
        return local
    if any(number in network for network in _SPECIAL):
        return False
    return number.version == 4 or number in _IPV6_IN_USE


def is_local_name(host: str) -> bool:
    """Whether a host's name says that it is this machine, whatever a resolver answers.

    >>> is_local_name("localhost"), is_local_name("a.localhost"), is_local_name("localhost.vn")
    (True, True, False)
    """
    return host == "localhost" or host.endswith((".localhost", ".localdomain", ".internal", ".local"))

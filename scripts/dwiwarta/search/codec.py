"""The bytes of the index; ``docs/assets/search/codec.js`` reads them.

A number is a varint: seven bits a byte, the lowest first, the top bit set while more follow. A list
of articles is a varint of twice its length, then the gaps between its numbers; or, where that is
shorter, a varint of twice its length and one, then a bit for every article of the shard.
"""

from collections.abc import Sequence


def varint(number: int) -> bytes:
    """One number, 0 or more."""
    if number < 0x80:
        return bytes((number,))
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def text(value: str) -> bytes:
    """A text with its length in bytes before it."""
    data = value.encode()
    return varint(len(data)) + data


def gaps(numbers: Sequence[int]) -> bytes:
    """Growing numbers, without their length."""
    out = bytearray()
    before = -1
    for number in numbers:
        gap = number - before - 1
        before = number
        while gap >= 0x80:
            out.append(gap & 0x7F | 0x80)
            gap >>= 7
        out.append(gap)
    return bytes(out)


def articles(numbers: Sequence[int], total: int) -> bytes:
    """Growing numbers below ``total``."""
    count = len(numbers)
    if count * 8 <= total:
        return varint(count << 1) + gaps(numbers)
    bits = bytearray((total + 7) // 8)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return varint(count << 1 | 1) + bits


def texts(total: int, buckets: Sequence[tuple[int, bytes]]) -> bytes:
    """The lists of a shard of ``total`` articles: for each bucket how many they are, and they."""
    counts = b"".join(varint(count) for count, _ in buckets)
    return varint(total) + counts + b"".join(lists for _, lists in buckets)

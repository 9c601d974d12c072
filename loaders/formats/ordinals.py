"""Numbers as lists write them: 3 -> 三, iii, c, ③, 丙."""

from __future__ import annotations

from collections.abc import Callable

_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_MOST_ROMAN = 4999


def chinese(number: int) -> str:
    """Counting numbers.

    >>> [chinese(n) for n in (3, 10, 12, 20, 101, 110)]
    ['三', '十', '十二', '二十', '一百〇一', '一百一十']
    """
    return (
        _counted(number, _HAN, "十百千").removeprefix("一") if 10 <= number < 20 else _counted(number, _HAN, "十百千")
    )


def legal(number: int) -> str:
    """壹 贰 叁, as on a cheque."""
    return _counted(number, _LEGAL, "拾佰仟")


def letter(number: int) -> str:
    """Letters: a … z, aa, bb … as Word counts on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 26 else str(number)


def roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    result = ""
    for value, sign in _ROMAN:
        result += sign * (number // value)
        number %= value
    return result


def circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 0 < number <= 20 else str(number)


def bracketed(number: int) -> str:
    return f"({number})"


def bracketed_chinese(number: int) -> str:
    return f"（{chinese(number)}）"


def stem(number: int) -> str:
    """甲 乙 丙."""
    return _STEMS[number - 1] if 0 < number <= len(_STEMS) else str(number)


def branch(number: int) -> str:
    """子 丑 寅."""
    return _BRANCHES[number - 1] if 0 < number <= len(_BRANCHES) else str(number)


def digits(number: int) -> str:
    """一〇一, digit by digit."""
    return "".join(_HAN[int(digit)] for digit in str(number)) if number >= 0 else str(number)


def _counted(number: int, names: str, units: str) -> str:
    if not 0 < number < 10_000:
        return str(number)
    result = ""
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit != "0":
            result += names[int(digit)] + (units[place - 1] if place else "")
        elif result and not result.endswith(names[0]):
            result += names[0]
    return result.rstrip(names[0])


Ordinal = Callable[[int], str]

"""Makes graphmodel/sounds.txt from pypinyin: `python tests/pinyin_table.py > graphmodel/sounds.txt`.

The usual reading of each character; then the words of two or three common characters that are read otherwise. Of
pypinyin's words, rare ones that mostly arise where two others meet (乐于|思考, 厨师长|工作) are left out; words that
keep such a meeting apart (执行|情况) are added.
"""

from __future__ import annotations

import sys
from collections import defaultdict

RARE = {"于思", "长工", "行规", "重出"}
APART = {"执行": "zhi xing", "旅行": "lv xing", "航行": "hang xing", "家长": "jia zhang"}


def table() -> str:
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    def plain(syllable: str) -> str:
        return to_normal(syllable).replace("ü", "v")

    usual = {chr(code): plain(said.split(",")[0]) for code, said in pinyin_dict.items() if 0x4E00 <= code <= 0x9FFF}
    words: dict[str, str] = {}
    for word, said in sorted(phrases_dict.items(), key=lambda entry: (len(entry[0]), entry[0])):
        reading = [plain(each[0]) for each in said]
        if len(word) in (2, 3) and len(reading) == len(word) and word not in RARE and all(map(_common, word)):
            known = [usual[character] for character in word]
            if len(word) == 3 and word[:2] in words:
                known = [*words[word[:2]].split(), known[2]]
            elif len(word) == 3 and word[1:] in words:
                known = [known[0], *words[word[1:]].split()]
            if reading != known:
                words[word] = " ".join(reading)
    by_syllable: dict[str, str] = defaultdict(str)
    for character, syllable in sorted(usual.items()):
        by_syllable[syllable] += character
    lines = [f"{syllable} {characters}" for syllable, characters in sorted(by_syllable.items())]
    return "\n".join([*lines, *(f"{word} {said}" for word, said in sorted((words | APART).items())), ""])


def _common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(table())

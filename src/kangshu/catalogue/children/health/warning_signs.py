"""The warning signs of development by age (儿童心理行为发育问题预警征象筛查表).

There are four at each age from 3 months to 6 years. One is enough for a referral (norms A4.4)."""

from __future__ import annotations

from dataclasses import dataclass

from kangshu.declare import Text


@dataclass(frozen=True)
class SignsOfAge:
    """Each sign in Chinese and English, numbered as on the paper."""

    title: Text
    signs: tuple[tuple[str, str], ...]


SIGNS = {
    3: SignsOfAge(
        Text("3月龄", "3 months"),
        (
            ("对很大声音没有反应", "no reaction to a loud noise"),
            ("逗引时不发音或不会微笑", "neither sounds nor smiles when played with"),
            ("不注视人脸，不追视移动人或物品", "does not look at faces or follow what moves"),
            ("俯卧时不会抬头", "does not lift the head when prone"),
        ),
    ),
    6: SignsOfAge(
        Text("6月龄", "6 months"),
        (
            ("发音少，不会笑出声", "few sounds, does not laugh aloud"),
            ("不会伸手抓物", "does not reach for things"),
            ("紧握拳松不开", "fists stay clenched"),
            ("不能扶坐", "cannot sit with support"),
        ),
    ),
    8: SignsOfAge(
        Text("8月龄", "8 months"),
        (
            ("听到声音无应答", "does not answer a sound"),
            ("不会区分生人和熟人", "does not tell strangers from familiar people"),
            ("双手间不会传递玩具", "does not pass a toy from hand to hand"),
            ("不会独坐", "cannot sit alone"),
        ),
    ),
    12: SignsOfAge(
        Text("12月龄", "12 months"),
        (
            ("呼唤名字无反应", "no reaction to its name"),
            ("不会模仿“再见”或“欢迎”动作", "does not imitate waving or clapping"),
            ("不会用拇食指对捏小物品", "does not pick up small things between thumb and finger"),
            ("不会扶物站立", "does not stand holding on"),
        ),
    ),
    18: SignsOfAge(
        Text("18月龄", "18 months"),
        (
            ("不会有意识叫“爸爸”或“妈妈”", "does not say “papa” or “mama” and mean it"),
            ("不会按要求指人或物", "does not point to people or things when asked"),
            ("与人无目光交流", "no eye contact"),
            ("不会独走", "does not walk alone"),
        ),
    ),
    24: SignsOfAge(
        Text("24月龄", "24 months"),
        (
            ("不会说3个物品的名称", "does not name three things"),
            ("不会按吩咐做简单事情", "does not do simple things when told"),
            ("不会用勺吃饭", "does not eat with a spoon"),
            ("不会扶栏上楼梯/台阶", "does not climb stairs holding the rail"),
        ),
    ),
    30: SignsOfAge(
        Text("30月龄", "30 months"),
        (
            ("不会说2～3个字的短语", "does not say phrases of two or three words"),
            ("兴趣单一、刻板", "narrow, rigid interests"),
            ("不会示意大小便", "does not show the need for the toilet"),
            ("不会跑", "does not run"),
        ),
    ),
    36: SignsOfAge(
        Text("36月龄", "36 months"),
        (
            ("不会说自己的名字", "does not say its own name"),
            ("不会玩“拿棍当马骑”等假想游戏", "does not play pretend games"),
            ("不会模仿画圆", "does not copy a circle"),
            ("不会双脚跳", "does not jump with both feet"),
        ),
    ),
    48: SignsOfAge(
        Text("4岁", "4 years"),
        (
            ("不会说带形容词的句子", "does not speak in sentences with adjectives"),
            ("不能按要求等待或轮流", "cannot wait or take turns when asked"),
            ("不会独立穿衣", "does not dress alone"),
            ("不会单脚站立", "does not stand on one foot"),
        ),
    ),
    60: SignsOfAge(
        Text("5岁", "5 years"),
        (
            ("不能简单叙说事情经过", "cannot tell simply what happened"),
            ("不知道自己的性别", "does not know its own sex"),
            ("不会用筷子吃饭", "does not eat with chopsticks"),
            ("不会单脚跳", "does not hop on one foot"),
        ),
    ),
    72: SignsOfAge(
        Text("6岁", "6 years"),
        (
            ("不会表达自己的感受或想法", "does not express feelings or thoughts"),
            ("不会玩角色扮演的集体游戏", "does not play roles in group games"),
            ("不会画方形", "does not draw a square"),
            ("不会奔跑", "does not run"),
        ),
    ),
}

"""Areas of the skin that the score distinguishes, in the words of eight languages.

Oedema of the face is a feature of its own; purpura of the legs alone is none, beyond them it is.
Sources: anatomical terms and the practice of eight languages.
"""

# fmt: off
SKIN_AREAS = {
    "face": (
        "face | facial | forehead | cheeks | periorbital | eyelids | lips | ears | perioral | nose | "
        "chin | Gesicht | Augenlider | visage | paupières | cara | párpados | volto | viso | palpebre | "
        "rosto | pálpebras | gezicht | oogleden | kao | 顔面 | 顔 | 眼瞼"
    ),
    "legs": (
        "leg | legs | lower leg | lower legs | lower limb | lower limbs | lower extremities | shin | "
        "shins | calf | calves | ankle | ankles | foot | feet | thigh | thighs | LE | BLE | pretibial | "
        "Bein | Beine | Unterschenkel | untere Extremität | prätibial | Fuß | Knöchel | pierna | "
        "piernas | miembros inferiores | MMII | extremidades inferiores | gamba | gambe | "
        "arti inferiori | perna | pernas | membros inferiores | been | benen | onderbenen | kashi | 下肢 | "
        "下腿 | 両下肢 | jambe | jambes | membres inférieurs | MI | chevilles | cuisses"
    ),
    "beyond_legs": (
        "trunk | torso | chest | abdomen | back | arms | upper limbs | upper extremities | hands | "
        "palms | soles | buttocks | groin | genital | axillae | neck | scalp | Rumpf | Stamm | Brust | "
        "Bauch | Rücken | Arme | obere Extremität | Hände | tronco | tórax | espalda | brazos | "
        "miembros superiores | torace | addome | dorso | braccia | arti superiori | abdome | braços | "
        "membros superiores | romp | borst | buik | rug | armen | taikan | 体幹 | 胸部 | 腹部 | 背部 | "
        "上肢 | "
        "tronc | thorax | dos | bras | membres supérieurs | MS"
    ),
}
# fmt: on

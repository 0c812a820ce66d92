
BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Details for the credits') BBBBBBBB
BBBBB BBBBBBXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXBBBBBBBB
BBBBB BBBBBBXXXX XXXXXXXXXXXXX XXXXX XXXXXXXXXXXX gettext(u'Breadcrumb') XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBB BBBBBBBBXXBBBBBBB BBBBBBBBBBBBBB BBBBBBBBBBBBBBBXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXX gettext(u'Details for the credits') XXXXXXXXXXXXXXXXBBBBBBBB
BBBBB BBBBBBB
XXXXXXX XXXXXXXXXXXXXXXXXXXXXX gettext(u'Details for the credits') FFFXXXXXXX XXXXXXXXXXXXX gettext(u'The credits of this course are registered at your own institution. With these details your teacher can send the result there.') XXXXXXXXXXXXX
XXXX XXXXXXXXXXXXXXXXXXXXXXXBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
XXXXX XXXXXXXXXXXXX XXXXXXXXXXXBBBBBBBBBBBBB BBBBB BB BBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBXX XXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Save') XXXXXXXXXXX XXXXXXBBB BBBBBBBBBBB BBBBBBBBXX gettext(u'Back to the run') XXXXXXXXXXXXXXXXXXXXX
XXXXXX XXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Who sees these') XXXXXX XXXXXXXXXXXXXXXX gettext(u'Who sees these') XXXXXXXX gettext(u'The teachers and assistants of this run see both. The teachers send them with your name, grade and day of completion to the institution that you choose, and to nobody else. Other learners do not see them.') XXXXXXX gettext(u'You need not tell them: you can study and complete the course without. You can change or erase them here as long as you are on the run.') XXXXXXXXXXXXXXXXXXXXXXXX
BBBBBBBB

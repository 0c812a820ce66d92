
BB BBBBB BB BBBB gettext(u'Not assessed') BBBB BBBBBBBBB gettext(u'%(value)s of 5') SSSSSSSSS SS SBBBB BBBBB gettext(u'Fulfils it') BBBB gettext(u'Still lacking') BBBBB

"""What axe finds in Wagtail's own parts of the administration: a rule, a selector, and why it is left so.

Our own templates, panels and fields are not listed here; what is found in them is mended.
"""

KNOWN = {
    "label: ['.ui-autocomplete-input']": (
        "The field of tags in the forms of images and documents is drawn by jQuery UI's Tag-it, which gives its text "
        "box no name. The field is optional."
    ),
    "link-in-text-block: ['p > a[href$=\"add/\"]']": (
        "The link to upload a first image, in the sentence of an empty list, is told by its colour alone."
    ),
    "aria-required-parent: ['.w-w-fit']": (
        "The button from the first tab of a new user's form to the second has the role of a tab, outside the tabs."
    ),
}

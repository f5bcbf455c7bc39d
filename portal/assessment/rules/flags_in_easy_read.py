"""What flags say in Easy Read, by what they say to everybody else."""

from __future__ import annotations

from portal.pack.text import Words
from portal.text import _

IN_EASY_READ = {
    _("You have a right to be safe"): _("You have a right to be safe"),
    _("Please phone us when it is safe for you. We listen, and we ask what you want to happen."): _(
        "Phone us when it is safe. We listen to you."
    ),
    _("You can talk to us about being safe"): _("You can talk to us about being safe"),
    _("You do not have to tell us. If you want to talk to somebody, we show you who can help."): _(
        "You do not have to tell us. We show you who can help."
    ),
    _("You can talk to somebody today"): _("You can talk to someone today"),
    _("You do not have to be alone with this. We show you who listens, day and night."): _(
        "You are not alone. Someone will listen, day and night."
    ),
    _("You need help today"): _("You need help today"),
    _("Please call us now. We can help before the forms are done and before we ask about money."): _(
        "Please phone us now. We can help before you answer more."
    ),
    _("You may need help in the next few days"): _("You may need help soon"),
    _("Please call us. We can help before the forms are done and before we ask about money."): _(
        "Please phone us. We can help before you answer more."
    ),
    _("You find it hard both to see and to hear"): _("It is hard for you to see and to hear"),
    _("Somebody with special training will take part in your assessment."): _(
        "Someone who knows about this will help you."
    ),
    _("You are not sure about your sight and hearing"): _("You are not sure how you see and hear"),
    _("We ask you about this. If you need it, somebody with special training takes part."): _(
        "We will ask you about this."
    ),
    _("You have a right to an advocate"): _("You have a right to an advocate"),
    _("An advocate helps you to take part and speaks up for you. It is free. Phone to ask for one."): _(
        "An advocate helps you to speak up. It is free. Phone us to ask for one."
    ),
    _("You may have a right to an advocate"): _("You may have a right to an advocate"),
    _("An advocate helps you to take part and speaks up for you. It is free. We ask you about this."): _(
        "An advocate helps you to speak up. It is free. We will ask you about this."
    ),
    _("We need to check that this form is right for you"): _("We want to check that this is right for you"),
    _("A worker talks to you and sees what help you need to take part. You may go on now."): _(
        "A worker will talk to you. You can go on now."
    ),
    _("The person does not agree to this help"): _("The person does not want this help"),
    _("We talk to the person first. We do not use these answers until they agree."): _(
        "We talk to the person first. They must say yes."
    ),
    _("A worker can do the assessment with you"): _("A worker can do this with you"),
    _("Phone us, and we find a time that suits you. What you filled in here is not lost."): _(
        "Phone us. We find a good time. We keep your answers."
    ),
    _("A form cannot show all your needs"): _("A form cannot show all your needs"),
    _("A form may not show all your needs"): _("A form may not show all your needs"),
    _("A worker looks at your needs with you. The form alone does not decide your money."): _(
        "A worker will talk to you about your needs."
    ),
    _("You have good days and bad days"): _("You have good days and bad days"),
    _("We look at a time that is long enough to see both."): _("We look at the good days and the bad days."),
    _("Your carer has a right to an assessment"): _("The person who helps you can get help too"),
    _("We offer it to them. If they are ill or cannot go on, tell us at once."): _(
        "We will ask them. Are they ill? Then phone us now."
    ),
    _("Young carers have rights of their own"): _("Young carers have rights too"),
    _("You are under 18. Somebody who knows about this talks with you. Below is who to call."): _(
        "You are under 18. Someone will talk to you. See below who to phone."
    ),
    _("Parents of a disabled child have rights of their own"): _("Parents have rights too"),
    _("Another team looks at what you and your child need. Below is who to call."): _(
        "Another team helps you and your child. See below who to phone."
    ),
    _("You do not have to go on"): _("You do not have to go on"),
    _("You may stop. Call us now. We make sure that the person you look after is safe."): _(
        "You can stop. Phone us now. We keep the person safe."
    ),
    _("You told us that you can go on for some weeks only"): _("You can go on for some weeks only"),
    _("Please call us soon. We look at what the person you look after needs from then on."): _(
        "Please phone us soon. We look at what the person needs."
    ),
    _("Two of your answers do not fit together"): _("Two answers do not fit"),
    _("You need help with this, but none of the reasons seem true. Please look again."): _(
        "Please look at them again."
    ),
}


def wording(told: str) -> Words:
    """What a flag says, with its wording in Easy Read. One that has none is told too: it may be urgent."""
    return Words(text=told, easy=IN_EASY_READ.get(told))

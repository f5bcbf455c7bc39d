"""Every table of the portal, gathered so that a migration can see them all."""

from __future__ import annotations

from portal.assessment.records import Answer, PageRead
from portal.audit import AuditEntry
from portal.budget.disagreeing import Disagreement
from portal.budget.records import BudgetOverride, KeptScheme, ToldBudget
from portal.carer.records import Consent, Pair, PairSide
from portal.catalogue.records import CatalogueService, CatalogueTag
from portal.charging.records import Money
from portal.choices.records import Choice
from portal.document.records import Document, DocumentCode
from portal.identity.factors import KnownDevice, Passkey, RecoveryCode
from portal.identity.links import MailLink
from portal.identity.records import Account, VisitSession
from portal.identity.slowing import SignInAttempt
from portal.mail.outbox import Outbox
from portal.pictures.records import CasePicture
from portal.plan.agreed import PayeeRequest, PlanException, PlanRoute
from portal.plan.joint import JointTerms, SharedLine, SharedPart
from portal.plan.records import PlanLine, PlanNeed, PlanSetback, PlanText
from portal.sharing.grants import Grant
from portal.sharing.private import PrivatePart
from portal.sharing.records import Case
from portal.unsaved.records import KeptForm, SentForm

ALL_TABLES = (
    Account,
    Answer,
    AuditEntry,
    BudgetOverride,
    Case,
    CasePicture,
    CatalogueService,
    CatalogueTag,
    Choice,
    Consent,
    Money,
    Disagreement,
    Document,
    DocumentCode,
    Grant,
    KeptForm,
    JointTerms,
    KeptScheme,
    KnownDevice,
    MailLink,
    Outbox,
    PageRead,
    Pair,
    PairSide,
    Passkey,
    PayeeRequest,
    PlanException,
    PlanLine,
    PlanNeed,
    PlanRoute,
    PlanSetback,
    PlanText,
    PrivatePart,
    RecoveryCode,
    SentForm,
    SharedLine,
    SharedPart,
    SignInAttempt,
    ToldBudget,
    VisitSession,
)

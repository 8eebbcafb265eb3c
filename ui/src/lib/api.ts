/** The only way from the window to the program: typed commands, whose refusals become a {@link ClinicError}. */

import { Channel } from "@tauri-apps/api/core";

import { data } from "./answer";
import {
  type CalendarImportForm_Deserialize,
  type ClinicPart_Deserialize,
  commands,
  type DayStatus,
  type JournalAsk,
  type MenuPart,
  type NamesShown,
  type NewClinicForm,
  type NewVisit,
  type PatientForm_Deserialize,
  type PatientListForm_Deserialize,
  type PractitionerForm_Deserialize,
  type ProtocolsForm,
  type ProviderDecisionForm_Deserialize,
  type SeriesAsk_Deserialize,
  type SeriesBooking_Deserialize,
  type SessionName,
  type UserForm_Deserialize,
  type VisitPlace,
  type Wanted,
} from "./bindings";

export { ClinicError } from "./answer";
export type * from "./shapes";

/** Shows a menu bar; `run` is called with the identifier of what is chosen in it. */
export const showMenu = (parts: MenuPart[], run: (id: string) => void) => {
  const chosen = new Channel<string>();
  chosen.onmessage = run;
  return data(commands.showMenu(parts, chosen));
};

/** Says whether something in the window is not saved; while it is, `onAsked` is called in place of closing it. */
export const holdOpen = (isUnsaved: boolean, onAsked: () => void) => {
  const asked = new Channel<null>();
  asked.onmessage = onAsked;
  return data(commands.holdOpen(isUnsaved, asked));
};

/** Closes the window, whatever is not saved. */
export const closeWindow = () => data(commands.closeWindow());

/** Who is at the desk and what they may do. */
export const session = () => data(commands.session());

/** Who can sign in. */
export const signInChoices = () => data(commands.signInChoices());

/** Signs somebody in; whoever was signed in before is signed out. */
export const signIn = (person: string, secret: string) => data(commands.signIn(person, secret));

/** Signs out, which also locks the window. */
export const signOut = () => data(commands.signOut());

/** Gives whoever is signed in another password or PIN. */
export const changeOwnSecret = (present: string, next: string) =>
  data(commands.changeOwnSecret(present, next));

/** Everybody who signs in or did. */
export const people = () => data(commands.people());

/** Adds or changes somebody; gives the identifier. */
export const saveUser = (id: string | null, form: UserForm_Deserialize) => data(commands.saveUser(id, form));

/** Lets somebody sign in again who was locked out. */
export const liftLockOut = (id: string) => data(commands.liftLockOut(id));

/** Who may see a patient's record. */
export const lockBox = (patient: string) => data(commands.lockBox(patient));

/** Narrows a patient's record to some people, or opens it to everybody again. */
export const putLockBox = (patient: string, users: string[] | null) =>
  data(commands.putLockBox(patient, users));

/** Every lock-box, for an owner. */
export const lockBoxes = () => data(commands.lockBoxes());

/** Sets after how many idle minutes the window locks itself. */
export const setIdleMinutes = (minutes: number) => data(commands.setIdleMinutes(minutes));

/** One day of the clinic; `date` as in `2026-11-23`. */
export const day = (date: string) => data(commands.day(date));

/** Patients that fit what is typed, from a place in the list on; those worked on lately come first when nothing is. */
export const searchPatients = (text: string, from: number, limit: number) =>
  data(commands.searchPatients(text, from, limit));

/** Patients who may be the same person. */
export const similarPatients = (name: string, phone: string, dateOfBirth: string | null) =>
  data(commands.similarPatients(name, phone, dateOfBirth));

/** A patient's record. */
export const patientRecord = (id: string) => data(commands.patientRecord(id));

/** What the lists of a patient's form offer. */
export const patientChoices = () => data(commands.patientChoices());

/** Adds a patient. */
export const newPatient = (form: PatientForm_Deserialize) => data(commands.newPatient(form));

/** Saves what was made of a record, given what it was when the editing began. */
export const savePatient = (id: string, original: PatientForm_Deserialize, edited: PatientForm_Deserialize) =>
  data(commands.savePatient(id, original, edited));

/** Removes a patient who has no history. */
export const removePatient = (id: string) => data(commands.removePatient(id));

/** What merging two records would do. */
export const mergePreview = (kept: string, merged: string) => data(commands.mergePreview(kept, merged));

/** Merges one record into another. */
export const mergePatients = (kept: string, merged: string) => data(commands.mergePatients(kept, merged));

/** Everybody who treats. */
export const practitioners = () => data(commands.practitioners());

/** One practitioner's day. */
export const practitionerDay = (practitioner: string, date: string) =>
  data(commands.practitionerDay(practitioner, date));

/** Saves a practitioner's calendar between two dates as a file; gives its place, none when the user thought better of it. */
export const saveCalendar = (practitioner: string, from: string, to: string, names: NamesShown) =>
  data(commands.saveCalendar(practitioner, from, to, names));

/** Shows the folder of a file that was saved before. */
export const showInFolder = (place: string) => data(commands.showInFolder(place));

/** Whether there is no clinic yet. */
export const isFirstStart = () => data(commands.isFirstStart());

/** Starts with the demo clinic. */
export const startDemo = () => data(commands.startDemo());

/** What the guided set-up of a new clinic offers at first. */
export const newClinicDefaults = () => data(commands.newClinicDefaults());

/** Starts with a new clinic. */
export const startNew = (form: NewClinicForm) => data(commands.startNew(form));

/** What a clinic file holds, or what is wrong with it. */
export const checkFile = (text: string) => data(commands.checkFile(text));

/** Starts with a clinic file. */
export const startFile = (text: string) => data(commands.startFile(text));

/** Everything of the clinic that the set-up screens edit. */
export const setup = () => data(commands.setup());

/** Adds, changes or removes a part of the clinic: what it was, and what it is to be. */
export const savePart = (original: ClinicPart_Deserialize | null, edited: ClinicPart_Deserialize | null) =>
  data(commands.savePart(original, edited));

/** The booked visits that a changed part would hit. */
export const partImpact = (part: ClinicPart_Deserialize) => data(commands.partImpact(part));

/** The working time of a practitioner, as they are being edited, in the week that begins on a date. */
export const practitionerWeek = (form: PractitionerForm_Deserialize, monday: string) =>
  data(commands.practitionerWeek(form, monday));

/** The booked visits that do not fit the clinic as it is. */
export const misplacedVisits = () => data(commands.misplacedVisits());

/** Ontario's holidays of a year. */
export const holidays = (year: number) => data(commands.holidays(year));

/** A version of the protocols; the one in force when none is named. */
export const protocols = (version: number | null) => data(commands.protocols(version));

/** The running series that changed protocols would decide otherwise. */
export const protocolsImpact = (form: ProtocolsForm) => data(commands.protocolsImpact(form));

/** Writes the next version of the protocols. */
export const saveProtocols = (beganWith: number, form: ProtocolsForm) =>
  data(commands.saveProtocols(beganWith, form));

/** Chooses the language of the program's words. */
export const speak = (language: string, clock: string) => data(commands.speak(language, clock));

/** The number of the newest change, by whatever program. */
export const lastChange = () => data(commands.lastChange());

/** How many minutes the clinic's wall clock is ahead of UTC at present. */
export const aheadOfUtc = () => data(commands.aheadOfUtc());

/** A visit as its card shows it. */
export const visit = (id: string) => data(commands.visit(id));

/** Every start of a date for a visit, at another length in minutes if one is named, with what the rules say. */
export const starts = (wanted: Wanted, date: string, minutes: number | null = null) =>
  data(commands.starts(wanted, date, minutes));

/** The seven days of a date's week, of one practitioner or one room. */
export const week = (date: string, practitioner: string | null, room: string | null) =>
  data(commands.week(date, practitioner, room));

/** Every start of a date's week for a visit with one practitioner, in one room if it is named. */
export const weekStarts = (wanted: Wanted, date: string, practitioner: string, room: string | null) =>
  data(commands.weekStarts(wanted, date, practitioner, room));

/** The first free start for a service after a minute of a date, with one practitioner or anybody. */
export const nextFree = (service: string, practitioner: string | null, date: string, minute: number) =>
  data(commands.nextFree(service, practitioner, date, minute));

/** How much of each date there is to give, both ends included. */
export const dateMarks = (from: string, to: string) => data(commands.dateMarks(from, to));

/** One place for a visit, with what the rules say and what would do instead. */
export const weigh = (wanted: Wanted, place: VisitPlace) => data(commands.weigh(wanted, place));

/** The services that can be booked. */
export const services = () => data(commands.services());

/** The service that a new visit begins with, for somebody new where no patient is named. */
export const proposedService = (patient: string | null, practitioner: string, minutes: number | null) =>
  data(commands.proposedService(patient, practitioner, minutes));

/** Books one visit, once for each request. */
export const bookVisit = (asked: NewVisit) => data(commands.bookVisit(asked));

/** Moves a visit. */
export const placeVisit = (id: string, place: VisitPlace) => data(commands.placeVisit(id, place));

/** Notes where a visit stands; `reason` is needed to call it off. */
export const putStatus = (id: string, status: DayStatus, reason = "") =>
  data(commands.putStatus(id, status, reason));

/** Writes the note of a visit over the one that was seen. */
export const putNote = (id: string, original: string, note: string) =>
  data(commands.putNote(id, original, note));

/** Takes one change back, or the last one. */
export const undo = (entry: number | null = null) => data(commands.undo(entry));

/** Makes one change that was taken back again, or the one taken back last. */
export const redo = (entry: number | null = null) => data(commands.redo(entry));

/** What the form of a series offers. */
export const seriesChoices = () => data(commands.seriesChoices());

/** The proposals for a series. */
export const seriesProposals = (ask: SeriesAsk_Deserialize) => data(commands.seriesProposals(ask));

/** Where one visit of a series may be put on a date. */
export const sessionStarts = (ask: SeriesAsk_Deserialize, session: SessionName, date: string) =>
  data(commands.sessionStarts(ask, session, date));

/** What the form asks when the rest of a running series is planned again. */
export const restOfSeries = (series: string) => data(commands.restOfSeries(series));

/** The windows of availability that a text names. */
export const understandAvailability = (text: string) => data(commands.understandAvailability(text));

/** The card of a series in a language. */
export const seriesCard = (series: string, language: string) => data(commands.seriesCard(series, language));

/** Keeps the card of a series as a PDF; gives its place. */
export const saveSeriesCard = (series: string, language: string) =>
  data(commands.saveSeriesCard(series, language));

/** Books a proposal as it was shown, or says what has changed since. */
export const bookSeries = (booking: SeriesBooking_Deserialize) => data(commands.bookSeries(booking));

/** Notes what a provider decided for a patient. */
export const noteProviderDecision = (patient: string, form: ProviderDecisionForm_Deserialize) =>
  data(commands.noteProviderDecision(patient, form));

/** What the search of the journal offers. */
export const journalChoices = () => data(commands.journalChoices());

/** Entries of the journal, newest first; those before one, where one is named. */
export const journalPage = (ask: JournalAsk, before: number | null, limit: number) =>
  data(commands.journalPage(ask, before, limit));

/** Saves every entry that fits as a table; gives its place, or null when the user thought better of it. */
export const saveJournal = (ask: JournalAsk) => data(commands.saveJournal(ask));

/** Checks the whole chain of the journal. */
export const checkJournal = () => data(commands.checkJournal());

/** Takes the journal for the right one as it is. */
export const acceptJournal = () => data(commands.acceptJournal());

/** What needs attention until it is mended. */
export const notices = () => data(commands.notices());

/** Says how many years records are kept. */
export const saveRetention = (years: number) => data(commands.saveRetention(years));

/** Where backups lie, and which there are. */
export const backups = () => data(commands.backups());

/** Chooses the folder of the backups; nothing means the one beside the database. */
export const chooseBackupFolder = (folder: string) => data(commands.chooseBackupFolder(folder));

/** Asks for a folder; gives its path, or null when the user thought better of it. */
export const askForFolder = () => data(commands.askForFolder());

/** Opens the clinic with its passphrase or its recovery key, where this computer does not hold the key. */
export const unlockClinic = (secret: string, language: string) =>
  data(commands.unlockClinic(secret, language));

/** Where the key of the database is kept. */
export const keyState = () => data(commands.keyState());

/** A new recovery key, to be printed; it opens nothing until it is taken into use. */
export const draftRecoveryKey = () => data(commands.draftRecoveryKey());

/** Gives the database a new key, under a passphrase or in the keychain; needs one group of the drafted recovery key. */
export const protectKey = (group: string, passphrase: string | null) =>
  data(commands.protectKey(group, passphrase));

/** Takes the drafted recovery key into use in the place of the one before. */
export const renewRecoveryKey = (group: string) => data(commands.renewRecoveryKey(group));

/** Keeps the key under a passphrase, or in the keychain where none is given. */
export const moveKey = (passphrase: string | null) => data(commands.moveKey(passphrase));

/** Takes a backup now. */
export const backUp = () => data(commands.backUp());

/** Puts a backup back; what was there is kept. */
export const restoreBackup = (name: string) => data(commands.restoreBackup(name));

/** What bringing a calendar in as a practitioner's absences would do. */
export const previewCalendar = (form: CalendarImportForm_Deserialize, text: string) =>
  data(commands.previewCalendar(form, text));

/** Brings a calendar in as a practitioner's absences, as one change. */
export const importCalendar = (form: CalendarImportForm_Deserialize, text: string) =>
  data(commands.importCalendar(form, text));

/** What bringing a list of patients in would do. */
export const previewPatientList = (form: PatientListForm_Deserialize, text: string) =>
  data(commands.previewPatientList(form, text));

/** Brings a list of patients in, as one change. */
export const importPatientList = (form: PatientListForm_Deserialize, text: string) =>
  data(commands.importPatientList(form, text));

/** Keeps every visit of a series as a file for the patient; gives its place. */
export const saveSeriesCalendar = (series: string, language: string) =>
  data(commands.saveSeriesCalendar(series, language));

/** Keeps the dates on which the clinic is closed as a file; gives its place. */
export const saveClosures = (from: string, to: string) => data(commands.saveClosures(from, to));

/** How calendars are shared from this machine. */
export const sharing = () => data(commands.sharing());

/** Chooses how much a practitioner's calendar tells of patients. */
export const shareNames = (practitioner: string, names: NamesShown) =>
  data(commands.shareNames(practitioner, names));

/** Gives a practitioner's feed a new secret address, or ends it. */
export const shareFeed = (practitioner: string, feed: boolean) =>
  data(commands.shareFeed(practitioner, feed));

/** Starts or ends the feed server, for this machine alone or for the network. */
export const serveFeeds = (serves: boolean, network: boolean) => data(commands.serveFeeds(serves, network));

/** Keeps a folder of calendars up to date from now on, or none. */
export const shareFolder = (folder: string | null) => data(commands.shareFolder(folder));

/** The version in use and what is known of newer ones; nothing in a program that has no updater. */
export const updates = () => data(commands.updates());

/** Looks whether there is a newer version. */
export const lookForUpdate = () => data(commands.lookForUpdate());

/** Chooses whether updates are looked for every day. */
export const lookDaily = (daily: boolean) => data(commands.lookDaily(daily));

/** Takes a backup, then fetches the update and checks its signature. */
export const fetchUpdate = () => data(commands.fetchUpdate());

/** Installs the update that was fetched and starts Ordo again; what is not saved is lost only with `discard`. */
export const installUpdate = (discard: boolean) => data(commands.installUpdate(discard));

/** Names the account that a practitioner's calendar is published to, once its user may write there; without a password the
 * one that is known is taken. */
export const shareAccount = (practitioner: string, address: string, user: string, password: string | null) =>
  data(commands.shareAccount(practitioner, address, user, password));

/** Ends the publishing of a practitioner's calendar; `removes` takes away first what Ordo wrote there. */
export const endAccount = (practitioner: string, removes: boolean, password: string | null) =>
  data(commands.endAccount(practitioner, removes, password));

/** The calendars of an account. */
export const accountCalendars = (address: string, user: string, password: string) =>
  data(commands.accountCalendars(address, user, password));

/** A calendar of an account as the text that a file of it would be. */
export const accountCalendar = (address: string, user: string, password: string) =>
  data(commands.accountCalendar(address, user, password));

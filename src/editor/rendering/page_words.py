"""What a page says in words of its own, in the languages that it can say it in."""

from datetime import date
from html import escape
from typing import NamedTuple


class Words(NamedTuple):
    """The words of one language. In those with a `{}` a number or a name is put there.

    `months` are as they stand in a date, which `day` is the order of. `foreign` says that the page is in another one.
    """

    language: str
    skip: str
    contents: str
    minutes: str
    updated: str
    sources: str
    mentioned: str
    back_to_mention: str
    back_to_note: str
    notes: str
    section: str
    table: str
    done: str
    to_do: str
    disclosure: str
    product: str
    day: str
    months: tuple[str, ...]
    foreign: bool = False

    def said(self, words: str) -> str:
        """Some of them as HTML, which says the language and the direction of those that the page does not have."""
        html = escape(words, quote=False)
        return f'<span lang="{self.language}" dir="ltr">{html}</span>' if self.foreign else html

    def date(self, day: date) -> str:
        """A day as it is written in running text."""
        return self.day.format(day.day, self.months[day.month - 1], day.year)


_ENGLISH = Words(
    language="en",
    skip="Skip to the article",
    contents="Contents",
    minutes="{} min read",
    updated="updated {}",
    sources="Sources of this article",
    mentioned="Cited:",
    back_to_mention="Back to mention {} in the text",
    back_to_note="Back to footnote {} in the text",
    notes="Footnotes",
    section="Link to this section",
    table="Table",
    done="Done",
    to_do="To do",
    disclosure="This page has an affiliate link: if you buy through it, the author may earn a commission.",
    product="View the product at {}",
    day="{0} {1} {2}",
    months=tuple("January February March April May June July August September October November December".split()),
)
_OTHERS = (
    Words(
        language="de",
        skip="Zum Artikel springen",
        contents="Inhalt",
        minutes="{} Min. Lesezeit",
        updated="aktualisiert am {}",
        sources="Quellen dieses Artikels",
        mentioned="Zitiert:",
        back_to_mention="Zurück zur Erwähnung {} im Text",
        back_to_note="Zurück zur Fußnote {} im Text",
        notes="Fußnoten",
        section="Link zu diesem Abschnitt",
        table="Tabelle",
        done="Erledigt",
        to_do="Offen",
        disclosure=(
            "Diese Seite enthält einen Affiliate-Link: Wenn Sie darüber etwas kaufen, erhält der Autor möglicherweise"
            " eine Provision."
        ),
        product="Zum Produkt bei {}",
        day="{0}. {1} {2}",
        months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    ),
    Words(
        language="fr",
        skip="Aller à l’article",
        contents="Sommaire",
        minutes="{} min de lecture",
        updated="mis à jour le {}",
        sources="Sources de cet article",
        mentioned="Cité :",
        back_to_mention="Retour à la mention {} dans le texte",
        back_to_note="Retour à la note {} dans le texte",
        notes="Notes",
        section="Lien vers cette section",
        table="Tableau",
        done="Fait",
        to_do="À faire",
        disclosure=(
            "Cette page contient un lien affilié : si vous achetez par ce lien, l’auteur peut toucher une commission."
        ),
        product="Voir le produit sur {}",
        day="{0} {1} {2}",
        months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    ),
    Words(
        language="es",
        skip="Ir al artículo",
        contents="Índice",
        minutes="{} min de lectura",
        updated="actualizado el {}",
        sources="Fuentes de este artículo",
        mentioned="Citado:",
        back_to_mention="Volver a la mención {} en el texto",
        back_to_note="Volver a la nota {} en el texto",
        notes="Notas",
        section="Enlace a esta sección",
        table="Tabla",
        done="Hecho",
        to_do="Pendiente",
        disclosure=(
            "Esta página contiene un enlace de afiliado: si compra a través de él, el autor puede recibir una comisión."
        ),
        product="Ver el producto en {}",
        day="{0} de {1} de {2}",
        months=tuple(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
        ),
    ),
    Words(
        language="it",
        skip="Vai all’articolo",
        contents="Indice",
        minutes="{} min di lettura",
        updated="aggiornato il {}",
        sources="Fonti di questo articolo",
        mentioned="Citato:",
        back_to_mention="Torna alla menzione {} nel testo",
        back_to_note="Torna alla nota {} nel testo",
        notes="Note",
        section="Link a questa sezione",
        table="Tabella",
        done="Fatto",
        to_do="Da fare",
        disclosure=(
            "Questa pagina contiene un link di affiliazione: se acquisti tramite questo link, l’autore può ricevere una"
            " commissione."
        ),
        product="Vedi il prodotto su {}",
        day="{0} {1} {2}",
        months=tuple(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
        ),
    ),
    Words(
        language="nl",
        skip="Naar het artikel",
        contents="Inhoud",
        minutes="{} min. leestijd",
        updated="bijgewerkt op {}",
        sources="Bronnen van dit artikel",
        mentioned="Aangehaald:",
        back_to_mention="Terug naar vermelding {} in de tekst",
        back_to_note="Terug naar voetnoot {} in de tekst",
        notes="Voetnoten",
        section="Link naar deze sectie",
        table="Tabel",
        done="Gedaan",
        to_do="Te doen",
        disclosure=(
            "Deze pagina bevat een affiliatelink: als u via die link iets koopt, kan de auteur een commissie ontvangen."
        ),
        product="Bekijk het product bij {}",
        day="{0} {1} {2}",
        months=tuple("januari februari maart april mei juni juli augustus september oktober november december".split()),
    ),
    Words(
        language="pt",
        skip="Ir para o artigo",
        contents="Índice",
        minutes="{} min de leitura",
        updated="atualizado em {}",
        sources="Fontes deste artigo",
        mentioned="Citado:",
        back_to_mention="Voltar à menção {} no texto",
        back_to_note="Voltar à nota {} no texto",
        notes="Notas",
        section="Link para esta seção",
        table="Tabela",
        done="Feito",
        to_do="A fazer",
        disclosure=(
            "Esta página contém um link de afiliado: se você comprar por meio dele, o autor pode receber uma comissão."
        ),
        product="Ver o produto em {}",
        day="{0} de {1} de {2}",
        months=tuple(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()
        ),
    ),
)
_BY_LANGUAGE = {words.language: words for words in (_ENGLISH, *_OTHERS)}


def words_in(language: str) -> Words:
    """The words for a page in a language (BCP 47); English ones, `foreign` to it, where they are not known."""
    return _BY_LANGUAGE.get(language.lower().split("-")[0]) or _ENGLISH._replace(foreign=True)

"""What columns are called in the tables that people keep, in English, German, French, Spanish and Italian.

Words are folded (small letters, no accents), with single blanks for everything that is no letter or digit. In each
line the surest names come first.
"""

from app.services.importing.samples import header_words

HEADER_WORDS = header_words(
    {
        "name": """
            product name, product, item name, item, article, artikelname, artikel, produktname, produkt,
            artikelbezeichnung, bezeichnung, gegenstand, produit, nom du produit, designation, articulo, producto,
            nombre del producto, articolo, prodotto, item title, title, titel, titre, titulo, name, nom, nombre, nome,
            what, description, beschreibung, libelle, intitule, descripcion, descrizione
        """,
        "price": """
            price paid, purchase price, total price, total paid, total owed, order total, line total, grand total,
            total amount, kaufpreis, gesamtpreis, gesamtbetrag, endpreis, prix total, prix d achat, montant total,
            precio total, precio de compra, importe total, prezzo totale, total, gesamt, summe, price, preis, prix,
            precio, prezzo, amount, betrag, montant, importe, importo, cost, kosten, cout, coste, costo, paid, bezahlt,
            gross, brutto
        """,
        "unit_price": """
            unit price, price each, price per unit, item price, einzelpreis, stuckpreis, stueckpreis, prix unitaire,
            precio unitario, prezzo unitario
        """,
        "currency": """
            currency, currency code, ccy, wahrung, waehrung, devise, monnaie, moneda, divisa, valuta
        """,
        "quantity": """
            quantity, qty, count, pieces, menge, anzahl, stuck, stueck, stuckzahl, quantite, qte, cantidad, cant,
            unidades, quantita
        """,
        "purchased_on": """
            purchase date, date of purchase, purchased on, date purchased, bought on, date bought, order date, bought,
            purchased, kaufdatum, gekauft am, bestelldatum, rechnungsdatum, date d achat, date achat,
            date de commande, fecha de compra, fecha del pedido, data di acquisto, transaction date, date, datum,
            fecha, data, tag, day, when
        """,
        "retailer": """
            retailer, store, shop, vendor, merchant, seller, supplier, bought from, purchased from, bought at,
            geschaft, geschaeft, handler, haendler, laden, verkaufer, verkaeufer, lieferant, anbieter, magasin,
            boutique, vendeur, marchand, commercant, fournisseur, enseigne, tienda, vendedor, comercio, proveedor,
            negozio, venditore, payee, website, where
        """,
        "brand": """
            brand, manufacturer, maker, make, marke, hersteller, marque, fabricant, marca, fabricante, produttore
        """,
        "category": """
            category, kategorie, warengruppe, rubrik, categorie, rubrique, categoria, product category, group, gruppe
        """,
        "tags": """
            tags, tag list, labels, schlagworter, schlagworte, stichworter, stichworte, etiquettes, mots cles,
            etiquetas, etichette
        """,
        "status": """
            status, order status, purchase status, bestellstatus, statut, etat de la commande, estado, stato
        """,
        "tax": """
            tax, sales tax, vat, gst, taxes, steuer, mwst, umsatzsteuer, mehrwertsteuer, ust, taxe, tva, impuesto,
            impuestos, iva
        """,
        "shipping": """
            shipping, shipping cost, shipping charge, shipping price, postage, delivery, delivery cost, versand,
            versandkosten, porto, livraison, frais de port, frais de livraison, envio, gastos de envio, spedizione
        """,
        "discount": """
            discount, discounts, rebate, savings, rabatt, nachlass, remise, reduction, descuento, sconto
        """,
        "return_by": """
            return by, return until, return deadline, return before, ruckgabe bis, rueckgabe bis, ruckgabefrist,
            retour avant, date limite de retour, devolucion hasta, fecha limite de devolucion
        """,
        "order_number": """
            order number, order no, order nr, order id, order, purchase order, bestellnummer, bestellnr,
            bestell nr, auftragsnummer, bestellung, numero de commande, n de commande, no de commande, commande,
            numero de pedido, n de pedido, pedido, numero d ordine, receipt number, invoice number, rechnungsnummer,
            numero de facture, numero de factura
        """,
        "order_line": "order line, order line number, line number, bestellposition, ligne de commande",
        "model_number": """
            model number, model no, model, modellnummer, modell, modele, numero de modele, reference modele, modelo,
            numero de modelo, modello
        """,
        "serial_number": """
            serial number, serial no, serial nr, serial, s n, sn, seriennummer, seriennr, serien nr,
            numero de serie, n de serie, no de serie, numero di serie
        """,
        "paid_with": """
            paid with, paid by, payment method, payment type, payment, zahlungsart, zahlungsmittel, zahlungsweise,
            bezahlt mit, moyen de paiement, mode de paiement, metodo de pago, forma de pago, metodo di pagamento,
            card, karte, account, konto, compte, cuenta
        """,
        "kept_at": """
            kept at, location, place, room, storage, standort, ort, raum, lagerort, aufbewahrungsort, emplacement,
            lieu, piece, ubicacion, lugar, posizione, luogo
        """,
        "notes": """
            notes, note, comment, comments, remark, remarks, memo, notiz, notizen, bemerkung, bemerkungen, kommentar,
            anmerkung, anmerkungen, remarque, remarques, commentaire, commentaires, notas, nota, comentario,
            comentarios, observaciones, osservazioni
        """,
        "warranty_starts_on": "warranty from, warranty start, warranty starts on, garantiebeginn, garantie ab",
        "warranty_ends_on": """
            warranty until, warranty end, warranty ends, warranty ends on, warranty end date, warranty expires,
            warranty expiry, warranty expiration, warranty expiration date, guarantee until, expiration date,
            garantie bis, garantieende, gewahrleistung bis, fin de garantie, garantie jusqu au, garantie jusqu a,
            fin de garantia, fin de la garantia, garantia hasta, fine garanzia, warranty, garantie, garantia
        """,
        "warranty_months": """
            warranty months, warranty in months, months of warranty, warranty period months, garantie monate,
            garantie in monaten, garantiemonate, mois de garantie, garantie mois, meses de garantia, garantia meses
        """,
        "warranty_years": """
            warranty years, warranty in years, years of warranty, garantie jahre, garantie in jahren, garantiejahre,
            annees de garantie, garantie ans, anos de garantia
        """,
        "warranty_days": "warranty days, warranty in days, garantie tage, jours de garantie, dias de garantia",
        "warranty_lifetime": "lifetime warranty, warranty lifetime, lebenslange garantie, garantie a vie",
        "warranty_kind": "warranty type, kind of warranty, warranty kind, art der garantie",
        "warranty_provider": "warranty provider, warranty by, garantiegeber",
        "warranty_policy": "warranty policy, policy number, policennummer",
        "warranty_notes": "warranty notes, warranty details, garantiebedingungen",
        "covers": "warranties, covers",
        "refunds": "refunds",
        "debt": "debt, bought on debt",
        "debt_uuid": "debt uuid",
        "source": "source",
        "uuid": "uuid, guid",
        "created_at": "created at",
        "updated_at": "updated at",
    }
)
"""The names that mean a field, the surest first."""

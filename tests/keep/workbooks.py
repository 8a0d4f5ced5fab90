"""The workbooks that are measured, drawn part by part with nothing but zipfile: the same source gives the same bytes.

`full` has every kind of part that owners' workbooks have; `large` has 100,000 actions and no more. Both are as Excel lays
a workbook out, in names, relationships and the order of elements.
"""

import io
import random
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
THREADED = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STATUSES = ["Not started", "In progress", "Complete", "Delayed"]
FILLS = ["BFBFBF", "92D050", "00B0F0", "FF0000"]
WORDS = """agree the review of homes with partners and residents by spring publish a plan for each ward so that carers know where
to turn open new hub train staff in schools libraries parks map gaps set up panel report progress board quarterly funding bid""".split()
# The status of row 7 of the plan is what is edited.
EDITED = "Action plan!D7"


def packed(parts):
    """A zip of parts with fixed times, as Excel's: every entry deflated, the content types first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(entry, content if isinstance(content, bytes) else content.encode())
    return out.getvalue()


def relations(*all_of):
    """A part of relationships: (id, type, target) each; a type without a scheme is one of Office's, a target with one is outside."""
    lines = []
    for name, kind, target in all_of:
        kind = kind if ":" in kind else f"{OFFICE}/{kind}"
        outside = ' TargetMode="External"' if ":" in target else ""
        lines.append(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"{outside}/>')
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((x * 5 + y * 3) % 256 for x in range(width * 3)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Texts:
    """The texts that cells share."""

    def __init__(self):
        self.items, self.at, self.count = [], {}, 0

    def cell(self, place, text, style=0, rich=None):
        self.count += 1
        item = rich or f'<si><t xml:space="preserve">{escape(text)}</t></si>'
        if item not in self.at:
            self.at[item] = len(self.items)
            self.items.append(item)
        return f'<c r="{place}" s="{style}" t="s"><v>{self.at[item]}</v></c>'

    def part(self):
        return f'{HEAD}<sst xmlns="{MAIN}" count="{self.count}" uniqueCount="{len(self.items)}">{"".join(self.items)}</sst>'


def styles():
    fill = '<fill><patternFill patternType="solid"><fgColor rgb="FF{}"/><bgColor indexed="64"/></patternFill></fill>'
    thin = "".join(f'<{side} style="thin"><color rgb="FFA6A6A6"/></{side}>' for side in ("left", "right", "top", "bottom"))
    wrap = '<alignment vertical="top" wrapText="1"/>'
    xf = '<xf numFmtId="{}" fontId="{}" fillId="{}" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">{}</xf>'
    cells = [xf.format(0, 0, 0, wrap), xf.format(0, 1, 2, wrap), xf.format(164, 0, 0, wrap)]
    cells += [xf.format(0, 0, 3 + status, wrap) for status in range(4)]
    cells += [xf.format(44, 0, 0, '<alignment horizontal="right"/>')]
    dxfs = "".join(f'<dxf><font><b/></font><fill><patternFill><bgColor rgb="FF{rgb}"/></patternFill></fill></dxf>' for rgb in FILLS)
    return (f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\ mmm\\ yyyy"/></numFmts>'
            '<fonts count="2"><font><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font>'
            '<font><b/><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font></fonts>'
            '<fills count="7"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
            f'{fill.format("D9E2F3")}{"".join(map(fill.format, FILLS))}</fills>'
            f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{thin}<diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{"".join(cells)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            f'<dxfs count="4">{dxfs}</dxfs><tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/>'
            '</styleSheet>')


def theme():
    slots = "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split()
    colours = "000000 FFFFFF 44546A E7E6E6 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72".split()
    scheme = "".join(f'<a:{slot}><a:srgbClr val="{rgb}"/></a:{slot}>' for slot, rgb in zip(slots, colours))
    font = '<a:latin typeface="{0}"/><a:ea typeface=""/><a:cs typeface=""/>'
    plain = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{plain}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (f'{HEAD}<a:theme xmlns:a="{DRAWING}/main" name="Office"><a:themeElements><a:clrScheme name="Office">{scheme}</a:clrScheme>'
            f'<a:fontScheme name="Office"><a:majorFont>{font.format("Calibri Light")}</a:majorFont><a:minorFont>{font.format("Calibri")}</a:minorFont>'
            f'</a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>{plain * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
            f'<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{plain * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>')


def anchor(first, last, inner):
    corner = "<xdr:{0}><xdr:col>{1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{2}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{0}>"
    return f'<xdr:twoCellAnchor>{corner.format("from", *first)}{corner.format("to", *last)}{inner}<xdr:clientData/></xdr:twoCellAnchor>'


def drawing(inner):
    return f'{HEAD}<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">{inner}</xdr:wsDr>'


def logo():
    return anchor((8, 0), (10, 3), '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo" descr="The council’s arms"/><xdr:cNvPicPr/></xdr:nvPicPr>'
                  f'<xdr:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm>'
                  '<a:off x="0" y="0"/><a:ext cx="900000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>')


def frame(number, name, uri, inner):
    return (f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="{number}" name="{name}"/><xdr:cNvGraphicFramePr/>'
            '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
            f'<a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></xdr:graphicFrame>')


def chart_and_slicer():
    chart = frame(3, "Chart 1", f"{DRAWING}/chart", f'<c:chart xmlns:c="{DRAWING}/chart" xmlns:r="{OFFICE}" r:id="rId1"/>')
    uri = f"{MICROSOFT}/drawing/2010/slicer"
    slicer = frame(4, "Status", uri, f'<sle:slicer xmlns:sle="{uri}" name="Status"/>')
    other = ('<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="0" name=""/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>'
             '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>')
    choice = (f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:a14="{MICROSOFT}/drawing/2010/main"'
              f' Requires="a14">{slicer}</mc:Choice><mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>')
    return anchor((4, 1), (11, 16), chart) + anchor((4, 18), (7, 28), choice)


def chart():
    def points(kind, reference, values):
        held = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
        shape = "" if kind == "str" else "<c:formatCode>General</c:formatCode>"
        return f'<c:{kind}Ref><c:f>{reference}</c:f><c:{kind}Cache>{shape}<c:ptCount val="{len(values)}"/>{held}</c:{kind}Cache></c:{kind}Ref>'
    axis = ('<c:{0}><c:axId val="{1}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="{2}"/>'
            '<c:crossAx val="{3}"/></c:{0}>')
    return (f'{HEAD}<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}"><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
            '<c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>'
            f'<c:cat>{points("str", "Summary!$A$2:$A$5", STATUSES)}</c:cat><c:val>{points("num", "Summary!$B$2:$B$5", [10] * 4)}</c:val></c:ser>'
            f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{axis.format("catAx", 1, "b", 2)}{axis.format("valAx", 2, "l", 1)}</c:plotArea>'
            '<c:plotVisOnly val="1"/></c:chart></c:chartSpace>')


def pivot_parts():
    """A pivot table of the plan's statuses, its cache and the slicer that filters it."""
    fields = ["Ref", "Action", "End", "Status"]
    shared = "".join(f'<s v="{status}"/>' for status in STATUSES)
    named = "".join(f'<cacheField name="{name}" numFmtId="0"><sharedItems/></cacheField>' for name in fields[:3])
    cache = (f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" refreshedBy="Policy team" refreshedDate="46000" createdVersion="6" '
             'refreshedVersion="6" minRefreshableVersion="3" recordCount="40"><cacheSource type="worksheet"><worksheetSource ref="A4:D44" sheet="Action plan"/>'
             f'</cacheSource><cacheFields count="4">{named}<cacheField name="Status" numFmtId="0"><sharedItems count="4">{shared}</sharedItems></cacheField>'
             f'</cacheFields><extLst><ext uri="{{725AE2AE-9491-48be-B2B4-4EB974FC3084}}" xmlns:x14="{X14}"><x14:pivotCacheDefinition pivotCacheId="7"/></ext>'
             '</extLst></pivotCacheDefinition>')
    record = '<r><s v="1.{0}"/><s v="Action {0}"/><n v="{1}"/><x v="{2}"/></r>'
    records = "".join(record.format(at + 1, 46_112 + at, at % 4) for at in range(40))
    items = "".join(f'<item x="{at}"/>' for at in range(4))
    rows = "".join(f'<i><x v="{at}"/></i>' if at else "<i><x/></i>" for at in range(4))
    table = (f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="Statuses" cacheId="1" dataCaption="Values" updatedVersion="6" minRefreshableVersion="3" '
             'createdVersion="6" indent="0" outline="1" outlineData="1"><location ref="A20:B25" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
             '<pivotFields count="4"><pivotField dataField="1" showAll="0"/><pivotField showAll="0"/><pivotField showAll="0"/>'
             f'<pivotField axis="axisRow" showAll="0"><items count="5">{items}<item t="default"/></items></pivotField></pivotFields><rowFields count="1">'
             f'<field x="3"/></rowFields><rowItems count="5">{rows}<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems><dataFields count="1">'
             '<dataField name="Count of Ref" fld="0" subtotal="count" baseField="0" baseItem="0"/></dataFields>'
             '<pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1"/></pivotTableDefinition>')
    held = "".join(f'<i x="{at}" s="1"/>' for at in range(4))
    slicer_cache = (f'{HEAD}<slicerCacheDefinition xmlns="{X14}" name="Slicer_Status" sourceName="Status"><pivotTables><pivotTable tabId="2" name="Statuses"/>'
                    f'</pivotTables><data><tabular pivotCacheId="7"><items count="4">{held}</items></tabular></data></slicerCacheDefinition>')
    slicer = f'{HEAD}<slicers xmlns="{X14}"><slicer name="Status" cache="Slicer_Status" caption="Status" rowHeight="241300"/></slicers>'
    return {
        "xl/pivotTables/pivotTable1.xml": table,
        "xl/pivotTables/_rels/pivotTable1.xml.rels": relations(("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")),
        "xl/pivotCache/pivotCacheDefinition1.xml": cache,
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": relations(("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")),
        "xl/pivotCache/pivotCacheRecords1.xml": f'{HEAD}<pivotCacheRecords xmlns="{MAIN}" count="40">{records}</pivotCacheRecords>',
        "xl/slicerCaches/slicerCache1.xml": slicer_cache,
        "xl/slicers/slicer1.xml": slicer,
    }


def comment_parts():
    person, root, answer = "{6F0C5B5E-0000-4000-8000-000000000001}", "{5D3E1A7C-0000-4000-8000-000000000001}", "{5D3E1A7C-0000-4000-8000-000000000002}"
    legacy = ("[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it will get removed if the file "
              "is opened in a newer version of Excel.\n\nComment:\n    Is this still right?\nReply:\n    It is.")
    note = '<comment ref="{}" authorId="{}"{} shapeId="0"><text><t xml:space="preserve">{}</t></text></comment>'
    shape = ('<v:shape id="_x0000_s{0}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1"><v:fill color2="#ffffe1"/>'
             '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>5, 15, {1}, 2, 7, 31, {2}, 1</x:Anchor>'
             "<x:AutoFill>False</x:AutoFill><x:Row>{1}</x:Row><x:Column>{3}</x:Column></x:ClientData></v:shape>")
    return {
        "xl/comments1.xml": f'{HEAD}<comments xmlns="{MAIN}"><authors><author>Policy team</author><author>tc={root}</author></authors><commentList>'
                            f'{note.format("B6", 0, "", "Agreed at the board in June.")}'
                            f'{note.format("E8", 1, "", escape(legacy))}</commentList></comments>',
        "xl/threadedComments/threadedComment1.xml":
            f'{HEAD}<ThreadedComments xmlns="{THREADED}"><threadedComment ref="E8" dT="2026-06-01T09:00:00.00" personId="{person}" id="{root}"><text>Is this '
            f'still right?</text></threadedComment><threadedComment ref="E8" dT="2026-06-02T09:00:00.00" personId="{person}" id="{answer}" parentId="{root}">'
            "<text>It is.</text></threadedComment></ThreadedComments>",
        "xl/persons/person.xml": f'{HEAD}<personList xmlns="{THREADED}"><person displayName="A. Officer" id="{person}" userId="A. Officer" providerId="None"/>'
                                 "</personList>",
        "xl/drawings/vmlDrawing1.vml":
            '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
            '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
            'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/></v:shapetype>'
            f'{shape.format(1025, 5, 9, 1)}{shape.format(1026, 7, 11, 4)}</xml>',
    }


def plan_sheet(texts):
    rich = '<si><r><rPr><b/><sz val="11"/><rFont val="Calibri"/></rPr><t xml:space="preserve">Wrenbridge </t></r><r><t>action plan</t></r></si>'
    draw = random.Random(7)
    rows = [f'<row r="1" ht="30" customHeight="1">{texts.cell("A1", "", 2, rich)}</row>', f'<row r="2">{texts.cell("A2", "OFFICIAL: for the board", 0)}</row>']
    heads = ["Ref", "Action", "End", "Status", "Comment", "Days", "Cost"]
    rows.append(f'<row r="4">{"".join(texts.cell(f"{letter}4", head, 2) for letter, head in zip("ABCDEFG", heads))}</row>')
    for at in range(40):
        row, status = at + 5, at % 4
        said = " ".join(draw.choices(WORDS, k=14))
        days = f"<f>C{row}-TODAY()</f><v>90</v>"
        cost = f"<f>SUMIF('[1]Budget lines'!$A$2:$A$41,A{row},'[1]Budget lines'!$B$2:$B$41)</f><v>{1000 + at}</v>"
        rows.append(f'<row r="{row}" spans="1:7">{texts.cell(f"A{row}", f"1.{at + 1}", 1)}{texts.cell(f"B{row}", said.capitalize(), 1)}'
                    f'<c r="C{row}" s="3"><v>{46_112 + 9 * at}</v></c>{texts.cell(f"D{row}", STATUSES[status], 4 + status)}'
                    f'{texts.cell(f"E{row}", f"Update {at + 1}: " + said, 1)}<c r="F{row}">{days}</c><c r="G{row}" s="8">{cost}</c></row>')
    bar = (f'<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{MICROSOFT}/excel/2006/main"><x14:cfRule type="dataBar" '
           'id="{0A1B2C3D-0000-4000-8000-000000000001}"><x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/>'
           "<x14:negativeFillColor rgb=\"FFFF0000\"/><x14:axisColor rgb=\"FF000000\"/></x14:dataBar></x14:cfRule><xm:sqref>F5:F44</xm:sqref>"
           "</x14:conditionalFormatting></x14:conditionalFormattings>")
    choices = (f'<x14:dataValidations xmlns:xm="{MICROSOFT}/excel/2006/main" count="1"><x14:dataValidation type="list" allowBlank="1" showErrorMessage="1">'
               "<x14:formula1><xm:f>Lists!$A$2:$A$5</xm:f></x14:formula1><xm:sqref>D5:D44</xm:sqref></x14:dataValidation></x14:dataValidations>")
    return (f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetPr codeName="Sheet1"><tabColor rgb="FF00B050"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            '<dimension ref="A1:G44"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" '
            'state="frozen"/><selection pane="bottomLeft" activeCell="D7" sqref="D7"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            '<cols><col min="1" max="1" width="8" customWidth="1"/><col min="2" max="2" width="50" customWidth="1"/></cols>'
            f'<sheetData>{"".join(rows)}</sheetData><autoFilter ref="A4:G44"/><mergeCells count="1"><mergeCell ref="A1:G1"/></mergeCells>'
            '<conditionalFormatting sqref="C5:C44"><cfRule type="expression" dxfId="3" priority="1"><formula>AND(C5&lt;TODAY(),D5&lt;&gt;"Complete")</formula>'
            '</cfRule></conditionalFormatting><conditionalFormatting sqref="F5:F44"><cfRule type="dataBar" priority="2"><dataBar><cfvo type="min"/>'
            f'<cfvo type="max"/><color rgb="FF638EC6"/></dataBar><extLst><ext uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}" xmlns:x14="{X14}">'
            '<x14:id>{0A1B2C3D-0000-4000-8000-000000000001}</x14:id></ext></extLst></cfRule></conditionalFormatting>'
            '<dataValidations count="1"><dataValidation type="date" operator="greaterThan" allowBlank="1" showErrorMessage="1" sqref="C5:C44">'
            '<formula1>45000</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A2" r:id="rId5"/></hyperlinks>'
            '<printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="8" orientation="landscape" fitToHeight="0" r:id="rId1"/><headerFooter><oddHeader>&amp;COFFICIAL</oddHeader>'
            '<oddFooter>&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter><rowBreaks count="1" manualBreakCount="1"><brk id="24" max="16383" man="1"/>'
            '</rowBreaks><drawing r:id="rId2"/><legacyDrawing r:id="rId3"/><extLst>'
            f'<ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{X14}">{bar}</ext>'
            f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">{choices}</ext></extLst></worksheet>')


def summary_sheet(texts):
    rows = [f'<row r="1">{texts.cell("A1", "Status", 2)}{texts.cell("B1", "Actions", 2)}</row>']
    for at, status in enumerate(STATUSES):
        row = at + 2
        rows.append(f'<row r="{row}">{texts.cell(f"A{row}", status, 1)}<c r="B{row}"><f>COUNTIF(Statuses_of_plan,A{row})</f><v>10</v></c></row>')
    rows.append(f'<row r="20">{texts.cell("A20", "Row Labels", 0)}{texts.cell("B20", "Count of Ref", 0)}</row>')
    for row, label in enumerate([*STATUSES, "Grand Total"], 21):
        rows.append(f'<row r="{row}">{texts.cell(f"A{row}", label, 0)}<c r="B{row}"><v>{40 if row == 25 else 10}</v></c></row>')
    return (f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetPr codeName="Sheet2"/><dimension ref="A1:B25"/><sheetViews><sheetView '
            f'workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>{"".join(rows)}</sheetData>'
            '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><drawing r:id="rId2"/><extLst>'
            f'<ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" xmlns:x14="{X14}"><x14:slicerList><x14:slicer r:id="rId3"/></x14:slicerList></ext>'
            "</extLst></worksheet>")


def budget_sheet(texts):
    heads = ["Ref", "Budget", "Spent"]
    rows = [f'<row r="1">{"".join(texts.cell(f"{letter}1", head, 2) for letter, head in zip("ABC", heads))}</row>']
    for at in range(12):
        row = at + 2
        rows.append(f'<row r="{row}">{texts.cell(f"A{row}", f"1.{at + 1}", 1)}<c r="B{row}" s="8"><v>{5000 + 250 * at}</v></c>'
                    f'<c r="C{row}" s="8"><v>{120 * at}</v></c></row>')
    return (f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetPr codeName="Sheet3"/><dimension ref="A1:C13"/><sheetViews><sheetView '
            f'workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>{"".join(rows)}</sheetData>'
            '<sheetProtection algorithmName="SHA-512" hashValue="'
            'q1kb1Z5Y0PpG9Dq3bJ2m7f8x6vV4w1cT0sR5yN2uL8hK3jH6gF4dS1aQ9wE7rT5yU3iO1pA8sD6fG4hJ2kL0zA==" saltValue="0m5n7b9v1c3x5z7l9k1j3g==" spinCount="100000" '
            'sheet="1" objects="1" scenarios="1"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
            '<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>')


def small_sheet(texts, code, title, items):
    rows = "".join(f'<row r="{row}">{texts.cell(f"A{row}", item)}</row>' for row, item in enumerate([title, *items], 1))
    return (f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr codeName="{code}"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><sheetData>{rows}</sheetData></worksheet>')


def book():
    states = [("Action plan", ""), ("Summary", ""), ("Budget", ""), ("Lists", ' state="hidden"'), ("Config", ' state="veryHidden"')]
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}"{state} r:id="rId{at}"/>' for at, (name, state) in enumerate(states, 1))
    names = ('<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">\'Action plan\'!$A$4:$G$44</definedName>'
             '<definedName name="_xlnm.Print_Area" localSheetId="0">\'Action plan\'!$A$1:$G$44</definedName>'
             '<definedName name="_xlnm.Print_Titles" localSheetId="0">\'Action plan\'!$4:$4</definedName>'
             '<definedName name="Slicer_Status">#N/A</definedName><definedName name="Statuses_of_plan">\'Action plan\'!$D$5:$D$44</definedName>')
    return (f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="22228"/>'
            '<workbookPr codeName="ThisWorkbook" defaultThemeVersion="166925"/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" '
            f'windowHeight="12300"/></bookViews><sheets>{sheets}</sheets><externalReferences><externalReference r:id="rId20"/></externalReferences>'
            f'<definedNames>{names}</definedNames><calcPr calcId="191029"/><pivotCaches><pivotCache cacheId="1" r:id="rId21"/></pivotCaches><extLst>'
            f'<ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" xmlns:x14="{X14}"><x14:slicerCaches><x14:slicerCache r:id="rId22"/></x14:slicerCaches></ext>'
            "</extLst></workbook>")


def properties():
    sensitivity = "MSIP_Label_11111111-2222-3333-4444-555555555555"
    held = [("Enabled", "true"), ("Name", "OFFICIAL"), ("SiteId", "66666666-7777-8888-9999-000000000000"), ("Method", "Standard")]
    shape = '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{}" name="{}_{}"><vt:lpwstr>{}</vt:lpwstr></property>'
    custom = "".join(shape.format(at, sensitivity, name, value) for at, (name, value) in enumerate(held, 2))
    types = "http://schemas.openxmlformats.org/officeDocument/2006"
    return {
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                             'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Policy team</dc:creator>'
                             '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-05T09:00:00Z</dcterms:created></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="{types}/extended-properties"><Application>Microsoft Excel</Application><Company>Wrenbridge'
                            "</Company><AppVersion>16.0300</AppVersion></Properties>",
        "docProps/custom.xml": f'{HEAD}<Properties xmlns="{types}/custom-properties" xmlns:vt="{types}/docPropsVTypes">{custom}</Properties>',
        "docMetadata/LabelInfo.xml": '<?xml version="1.0" encoding="utf-8" standalone="yes"?><clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/'
                                     'mipLabelMetadata"><clbl:label id="{11111111-2222-3333-4444-555555555555}" enabled="1" method="Standard" '
                                     'siteId="{66666666-7777-8888-9999-000000000000}" contentBits="0" removed="0"/></clbl:labelList>',
    }


def content_types(parts):
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    office = "application/vnd.openxmlformats-officedocument"
    known = [
        ("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), ("xl/worksheets/sheet", f"{sheet}.worksheet+xml"),
        ("xl/sharedStrings", f"{sheet}.sharedStrings+xml"), ("xl/styles", f"{sheet}.styles+xml"), ("xl/calcChain", f"{sheet}.calcChain+xml"),
        ("xl/comments", f"{sheet}.comments+xml"), ("xl/tables/", f"{sheet}.table+xml"), ("xl/externalLinks/", f"{sheet}.externalLink+xml"),
        ("xl/pivotTables/", f"{sheet}.pivotTable+xml"), ("xl/pivotCache/pivotCacheDefinition", f"{sheet}.pivotCacheDefinition+xml"),
        ("xl/pivotCache/pivotCacheRecords", f"{sheet}.pivotCacheRecords+xml"), ("xl/theme/", f"{office}.theme+xml"),
        ("xl/charts/chart", f"{office}.drawingml.chart+xml"), ("xl/drawings/drawing", f"{office}.drawing+xml"),
        ("xl/threadedComments/", "application/vnd.ms-excel.threadedcomments+xml"), ("xl/persons/", "application/vnd.ms-excel.person+xml"),
        ("xl/slicers/", "application/vnd.ms-excel.slicer+xml"), ("xl/slicerCaches/", "application/vnd.ms-excel.slicerCache+xml"),
        ("docProps/core", "application/vnd.openxmlformats-package.core-properties+xml"), ("docProps/app", f"{office}.extended-properties+xml"),
        ("docProps/custom", f"{office}.custom-properties+xml"), ("docMetadata/", "application/vnd.ms-office.classificationlabels+xml"),
        ("customXml/itemProps", f"{office}.customXmlProperties+xml"),
    ]
    overrides = []
    for name in parts:
        kind = next((kind for start, kind in known if name.startswith(start) and "_rels/" not in name), None)
        if kind:
            overrides.append(f'<Override PartName="/{name}" ContentType="{kind}"/>')
    defaults = [("rels", f"{PACKAGE.replace('http://schemas.', 'application/vnd.').replace('.org/package/2006', '-package')}.relationships+xml"),
                ("xml", "application/xml"), ("png", "image/png"), ("bin", f"{sheet}.printerSettings"), ("vml", f"{office}.vmlDrawing")]
    listed = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults)
    macros = '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>' if "xl/vbaProject.bin" in parts else ""
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{listed}{macros}{"".join(overrides)}</Types>'


def noise(seed, size):
    return bytes(random.Random(seed).choices(range(256), k=size))


def full():
    """A workbook with every kind of part, as bytes of an .xlsm."""
    texts = Texts()
    sheets = [plan_sheet(texts), summary_sheet(texts), budget_sheet(texts), small_sheet(texts, "Sheet4", "Statuses", STATUSES),
              small_sheet(texts, "Sheet5", "Settings", ["Board 2026/27"])]
    microsoft = f"{MICROSOFT}/2017/10/relationships"
    listed = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, 6)]
    parts = {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml"),
                                 ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                                 ("rId3", "extended-properties", "docProps/app.xml"), ("rId4", "custom-properties", "docProps/custom.xml"),
                                 ("rId5", f"{MICROSOFT}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml")),
        "xl/workbook.xml": book(),
        "xl/_rels/workbook.xml.rels": relations(
            *listed, ("rId10", "theme", "theme/theme1.xml"), ("rId11", "styles", "styles.xml"), ("rId12", "sharedStrings", "sharedStrings.xml"),
            ("rId13", "calcChain", "calcChain.xml"), ("rId14", f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
            ("rId15", f"{microsoft}/person", "persons/person.xml"), ("rId16", "customXml", "../customXml/item1.xml"),
            ("rId20", "externalLink", "externalLinks/externalLink1.xml"), ("rId21", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
            ("rId22", f"{MICROSOFT}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml")),
    }
    parts.update({f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in enumerate(sheets, 1)})
    chain = [(f"F{row}", 1) for row in range(5, 45)] + [(f"G{row}", 1) for row in range(5, 45)] + [(f"B{row}", 2) for row in range(2, 6)]
    table = "".join(f'<tableColumn id="{at}" name="{name}"/>' for at, name in enumerate(["Ref", "Budget", "Spent"], 1))
    parts.update({
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin"), ("rId2", "drawing", "../drawings/drawing1.xml"),
            ("rId3", "vmlDrawing", "../drawings/vmlDrawing1.vml"), ("rId4", "comments", "../comments1.xml"), ("rId5", "hyperlink", "https://example.org/plan"),
            ("rId6", f"{microsoft}/threadedComment", "../threadedComments/threadedComment1.xml")),
        "xl/worksheets/_rels/sheet2.xml.rels": relations(
            ("rId1", "pivotTable", "../pivotTables/pivotTable1.xml"), ("rId2", "drawing", "../drawings/drawing2.xml"),
            ("rId3", f"{MICROSOFT}/2007/relationships/slicer", "../slicers/slicer1.xml")),
        "xl/worksheets/_rels/sheet3.xml.rels": relations(("rId1", "table", "../tables/table1.xml")),
        "xl/theme/theme1.xml": theme(),
        "xl/styles.xml": styles(),
        "xl/sharedStrings.xml": texts.part(),
        "xl/calcChain.xml": f'{HEAD}<calcChain xmlns="{MAIN}">{"".join(f"""<c r="{place}" i="{sheet}"/>""" for place, sheet in chain)}</calcChain>',
        # Opaque to everybody here: a signature of its format, then bytes by chance.
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(1, 9_000),
        "xl/printerSettings/printerSettings1.bin": noise(2, 1_400),
        "xl/media/image1.png": png(90, 50),
        "xl/drawings/drawing1.xml": drawing(logo()),
        "xl/drawings/_rels/drawing1.xml.rels": relations(("rId1", "image", "../media/image1.png")),
        "xl/drawings/drawing2.xml": drawing(chart_and_slicer()),
        "xl/drawings/_rels/drawing2.xml.rels": relations(("rId1", "chart", "../charts/chart1.xml")),
        "xl/charts/chart1.xml": chart(),
        "xl/tables/table1.xml": f'{HEAD}<table xmlns="{MAIN}" id="1" name="Budget" displayName="Budget" ref="A1:C13"><autoFilter ref="A1:C13"/>'
                                f'<tableColumns count="3">{table}</tableColumns><tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>',
        "xl/externalLinks/externalLink1.xml":
            f'{HEAD}<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName val="Budget lines"/></sheetNames>'
            '<sheetDataSet><sheetData sheetId="0"><row r="2"><cell r="A2" t="str"><v>1.1</v></cell><cell r="B2"><v>1000</v></cell></row></sheetData>'
            "</sheetDataSet></externalBook></externalLink>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations(("rId1", "externalLinkPath", "file:///Budget%202026.xlsx")),
        "customXml/item1.xml": '<?xml version="1.0"?><board xmlns="urn:example:board"><meeting>2026-12-03</meeting></board>',
        "customXml/itemProps1.xml": f'{HEAD}<ds:datastoreItem ds:itemID="{{0F0F0F0F-0000-4000-8000-000000000001}}" xmlns:ds="http://schemas.openxmlformats.org/'
                                    'officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="urn:example:board"/></ds:schemaRefs></ds:datastoreItem>',
        "customXml/_rels/item1.xml.rels": relations(("rId1", "customXmlProps", "itemProps1.xml")),
    })
    parts.update(comment_parts())
    parts.update(pivot_parts())
    parts.update(properties())
    return packed({"[Content_Types].xml": content_types(parts), **parts})


def large(actions=100_000):
    """A plan of so many actions in 8 columns, each text its own, as bytes of an .xlsx."""
    texts, draw = Texts(), random.Random(7)
    heads = ["Ref", "Action", "Start", "End", "Measure", "Lead", "Status", "Comment"]
    rows = [f'<row r="1">{"".join(texts.cell(f"{letter}1", head, 2) for letter, head in zip("ABCDEFGH", heads))}</row>']
    for at in range(actions):
        row, start, status = at + 2, 45_700 + draw.randrange(400), draw.randrange(4)
        said = [" ".join(draw.choices(WORDS, k=count)) for count in (24, 6, 30)]
        rows.append(
            f'<row r="{row}" spans="1:8">{texts.cell(f"A{row}", f"{at // 100 + 1}.{at // 10 % 10 + 1}.{at % 10 + 1}", 1)}'
            f'{texts.cell(f"B{row}", said[0].capitalize(), 1)}<c r="C{row}" s="3"><v>{start}</v></c><c r="D{row}" s="3"><v>{start + 90 + draw.randrange(900)}</v></c>'
            f'{texts.cell(f"E{row}", said[1], 1)}{texts.cell(f"F{row}", f"Officer {draw.randrange(60) + 1}", 1)}'
            f'{texts.cell(f"G{row}", STATUSES[status], 4 + status)}{texts.cell(f"H{row}", f"Update {at + 1}: {said[2]}", 1)}</row>')
    sheet = (f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1:H{actions + 1}"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
             f'<sheetFormatPr defaultRowHeight="15"/><sheetData>{"".join(rows)}</sheetData></worksheet>')
    book_part = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>'
    parts = {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book_part,
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"),
                                                ("rId3", "sharedStrings", "sharedStrings.xml"), ("rId4", "theme", "theme/theme1.xml")),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": styles(),
        "xl/sharedStrings.xml": texts.part(),
        "xl/theme/theme1.xml": theme(),
    }
    types = content_types(parts).replace("application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
    return packed({"[Content_Types].xml": types, **parts})


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(large(int(sys.argv[2])))

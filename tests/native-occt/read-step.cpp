// Reads a STEP file with native OpenCascade and says as JSON what is in it, and what reading it complained of. Of the tests:
// what is exported has to open without warnings in the kernel that others use.
#include <BRepCheck_Analyzer.hxx>
#include <BRepGProp.hxx>
#include <GProp_GProps.hxx>
#include <Message.hxx>
#include <Message_Messenger.hxx>
#include <Message_ProgressRange.hxx>
#include <Quantity_ColorRGBA.hxx>
#include <STEPCAFControl_Reader.hxx>
#include <Standard_Failure.hxx>
#include <TDF_Tool.hxx>
#include <TDataStd_Name.hxx>
#include <TDocStd_Document.hxx>
#include <TopExp_Explorer.hxx>
#include <Transfer_TransientProcess.hxx>
#include <XCAFApp_Application.hxx>
#include <XCAFDoc_ColorTool.hxx>
#include <XCAFDoc_DocumentTool.hxx>
#include <XCAFDoc_ShapeTool.hxx>
#include <XSControl_TransferReader.hxx>
#include <XSControl_WorkSession.hxx>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out + "\"";
}

std::string nameOf(const TDF_Label& label) {
    Handle(TDataStd_Name) name;
    if (!label.FindAttribute(TDataStd_Name::GetID(), name)) return "";
    return TCollection_AsciiString(name->Get(), 0).ToCString();
}

// Complaints of the check list of the file itself, and of its translation.
int complaints(const Handle(XSControl_WorkSession)& session, std::ostream& text, bool ofTransfer) {
    int count = 0;
    const auto add = [&](const Handle(Interface_Check)& check) {
        for (int i = 1; i <= check->NbFails(); i++) {
            text << (count++ ? "," : "") << quoted(std::string("fail: ") + check->CFail(i));
        }
        for (int i = 1; i <= check->NbWarnings(); i++) {
            text << (count++ ? "," : "") << quoted(std::string("warning: ") + check->CWarning(i));
        }
    };
    if (ofTransfer) {
        const auto process = session->TransferReader()->TransientProcess();
        for (Interface_CheckIterator each = process->CheckList(Standard_False); each.More(); each.Next()) {
            add(each.Value());
        }
    } else {
        for (Interface_CheckIterator each = session->ModelCheckList(Standard_True); each.More(); each.Next()) {
            add(each.Value());
        }
    }
    return count;
}

int read(const char* path) {
    Message::DefaultMessenger()->ChangePrinters().Clear();
    Handle(TDocStd_Document) document;
    XCAFApp_Application::GetApplication()->NewDocument("MDTV-XCAF", document);
    STEPCAFControl_Reader reader;
    reader.SetColorMode(Standard_True);
    reader.SetNameMode(Standard_True);
    if (reader.ReadFile(path) != IFSelect_RetDone) {
        std::cout << "{\"read\": false}" << std::endl;
        return 1;
    }
    std::ostringstream fileComplaints, transferComplaints;
    const auto session = reader.Reader().WS();
    complaints(session, fileComplaints, false);
    const bool transferred = reader.Transfer(document);
    complaints(session, transferComplaints, true);

    const auto shapes = XCAFDoc_DocumentTool::ShapeTool(document->Main());
    const auto colours = XCAFDoc_DocumentTool::ColorTool(document->Main());
    TDF_LabelSequence roots, used, all;
    shapes->GetFreeShapes(roots);
    colours->GetColors(used);
    shapes->GetShapes(all);
    int solids = 0, faces = 0;
    double volume = 0;
    bool valid = true;
    for (int i = 1; i <= roots.Length(); i++) {
        const TopoDS_Shape shape = XCAFDoc_ShapeTool::GetShape(roots.Value(i));
        for (TopExp_Explorer each(shape, TopAbs_SOLID); each.More(); each.Next()) solids++;
        for (TopExp_Explorer each(shape, TopAbs_FACE); each.More(); each.Next()) faces++;
        GProp_GProps properties;
        BRepGProp::VolumeProperties(shape, properties, 1e-9);
        volume += properties.Mass();
        valid = valid && BRepCheck_Analyzer(shape).IsValid();
    }
    std::set<std::string> names;
    for (int i = 1; i <= all.Length(); i++) {
        names.insert(nameOf(all.Value(i)));
        TDF_LabelSequence components;
        XCAFDoc_ShapeTool::GetComponents(all.Value(i), components, Standard_False);
        for (int k = 1; k <= components.Length(); k++) names.insert(nameOf(components.Value(k)));
    }
    std::cout.precision(15);
    std::cout << "{\"read\": true, \"transferred\": " << (transferred ? "true" : "false") << ", \"solids\": " << solids
              << ", \"faces\": " << faces << ", \"volume_mm3\": " << volume << ", \"valid\": "
              << (valid ? "true" : "false") << ", \"colours\": [";
    for (int i = 1; i <= used.Length(); i++) {
        Quantity_Color colour;
        colours->GetColor(used.Value(i), colour);
        Standard_Real r, g, b;
        colour.Values(r, g, b, Quantity_TOC_sRGB);
        std::cout << (i > 1 ? "," : "") << "[" << r << "," << g << "," << b << "]";
    }
    std::cout << "], \"names\": [";
    bool first = true;
    for (const auto& name : names) {
        std::cout << (first ? "" : ",") << quoted(name);
        first = false;
    }
    std::cout << "], \"complaints\": [" << fileComplaints.str();
    if (!fileComplaints.str().empty() && !transferComplaints.str().empty()) std::cout << ",";
    std::cout << transferComplaints.str() << "]}" << std::endl;
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return count == 2 ? read(arguments[1]) : 2;
    } catch (const Standard_Failure& failure) {
        std::cerr << failure.GetMessageString() << std::endl;
        return 3;
    }
}
